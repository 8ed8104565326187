import { useCallback, useEffect, useRef, useState } from 'react';
import type { IdentityId, MessageId } from '../../../../shared/ids';
import type { DraftContent } from '../../../../shared/message';
import { present } from '../../../../shared/present';
import { errorWords } from '../../../words/error-words';
import { useCore } from '../../../state/services';
import type { Services } from '../../../state/services';
import { registerUnsaved } from '../../../state/unsaved';
import type { StartedDraft } from './begin-draft';
import { contentOf, stateOf } from './compose-state';
import type { ComposeState } from './compose-state';
import { DraftSaver } from './draft-saver';
import type { SaveState } from './draft-saver';

/** Long enough not to save every letter, short enough to lose none that matters. */
const SAVE_DELAY = 700;

/** A draft being written: its fields, where saving stands, and the ways to change it. */
export type DraftEditor = {
  readonly identityId: IdentityId;
  readonly state: ComposeState;
  readonly saveState: SaveState;
  readonly saveError: string | undefined;
  readonly change: (patch: Partial<ComposeState>) => void;
  /** Makes sure that the draft is stored as it stands; answers its id. Throws what the core threw. */
  readonly store: () => Promise<MessageId>;
  readonly storedId: () => MessageId | undefined;
  /** Stores what is pending; nothing when there is nothing. Throws what the core threw. */
  readonly flush: () => Promise<void>;
  /** Ends saving: the draft was sent or discarded. */
  readonly end: () => void;
  /** Goes on under another identity, in `draftId` when it already has a copy; the caller removes the old draft. */
  readonly restart: (identityId: IdentityId, draftId: MessageId | undefined) => void;
};

/** Keeps the fields of a composer and saves them as they change. */
export const useDraft = (start: StartedDraft): DraftEditor => {
  const core = useCore();
  const [identityId, setIdentityId] = useState(start.identityId);
  const [state, setState] = useState(() => stateOf(start.content));
  const [saving, setSaving] = useState<{ state: SaveState; error: string | undefined }>({
    state: start.draftId === undefined ? 'idle' : 'saved',
    error: undefined,
  });
  const makeSaver = useCallback(
    (owner: IdentityId, draftId: MessageId | undefined) =>
      new DraftSaver(
        {
          delay: SAVE_DELAY,
          save: (content, id) => saveDraft(core, { identityId: owner, content, draftId: id }),
          onState: (next, error) =>
            setSaving({ state: next, error: next === 'failed' ? errorWords(error) : undefined }),
        },
        draftId,
      ),
    [core],
  );
  const [saver, setSaver] = useState(() => makeSaver(start.identityId, start.draftId));
  const latest = useRef(state);
  const change = useCallback(
    (patch: Partial<ComposeState>) => {
      latest.current = { ...latest.current, ...patch };
      setState(latest.current);
      saver.change(contentOf(latest.current));
    },
    [saver],
  );
  useFlushWhenLeaving(saver);
  return {
    identityId,
    state,
    saveState: saving.state,
    saveError: saving.error,
    change,
    store: () => saver.ensureStored(contentOf(latest.current)),
    storedId: () => saver.draftId,
    flush: () => saver.flush(),
    end: () => saver.close(),
    restart: (owner, draftId) => {
      saver.close();
      // A message of one identity is not in the store of another.
      latest.current = { ...latest.current, inReplyTo: undefined };
      setState(latest.current);
      setIdentityId(owner);
      const next = makeSaver(owner, draftId);
      setSaver(next);
      // What was typed while the copy was made is not in it.
      next.change(contentOf(latest.current));
    },
  };
};

type DraftToSave = {
  readonly identityId: IdentityId;
  readonly content: DraftContent;
  readonly draftId: MessageId | undefined;
};

const saveDraft = async (core: Services['core'], { draftId, ...draft }: DraftToSave): Promise<MessageId> =>
  (await core.call('drafts.save', { ...draft, ...present({ draftId }) })).id;

/** Stores what is pending when the composer closes, or the window goes away. */
const useFlushWhenLeaving = (saver: DraftSaver): void => {
  useEffect(() => {
    // A failure shows in the composer; once it is gone there is nobody to show it to.
    const flush = () => void saver.flush().catch(() => undefined);
    const unregister = registerUnsaved(() => saver.flush());
    window.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      unregister();
      window.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
      flush();
    };
  }, [saver]);
};
