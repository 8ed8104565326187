import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import { copyDraft } from '../../actions/compose/copy-draft';
import { discardDraft } from '../../actions/compose/discard-draft';
import { followDelivery } from '../../actions/messages/follow-delivery';
import { namesIn } from '../../queries/use-contacts';
import { closeComposer } from '../../state/compose';
import type { Services } from '../../state/services';
import type { AttachmentEditor } from './attachments/use-attachments';
import { contentOf, isBlank } from './draft/compose-state';
import type { DraftEditor } from './draft/use-draft';

/** A composer: what is written in it, and whom it may name. */
export type ComposeParts = {
  readonly composeId: string;
  readonly draft: Omit<DraftEditor, 'saveState' | 'saveError' | 'change'>;
  readonly attachments: Pick<AttachmentEditor, 'items' | 'replaceAll'>;
  /** The sender's address book, whose names the toasts about the delivery use. */
  readonly contacts: readonly Contact[];
};

/** Puts the message into the outbox, and goes on telling how its delivery goes. Throws what the core threw. */
export const submitDraft = async (services: Services, { composeId, draft, contacts }: ComposeParts): Promise<void> => {
  const sent = { identityId: draft.identityId, draftId: await draft.store() };
  const message = await services.core.call('messages.submit', sent);
  draft.end();
  followDelivery({ core: services.core, nameOf: namesIn(contacts) }, message);
  closeComposer(composeId);
};

/** Closes the composer; the draft stays, but for one that has become empty. Throws what the core threw. */
export const keepDraft = async ({ core }: Services, { composeId, draft, attachments }: ComposeParts): Promise<void> => {
  await draft.flush();
  const draftId = draft.storedId();
  const empty = isBlank(contentOf(draft.state)) && attachments.items.length === 0;
  if (empty && draftId !== undefined) {
    draft.end();
    await core.call('drafts.discard', { identityId: draft.identityId, draftId });
  }
  closeComposer(composeId);
};

/** Throws the draft away, which can be taken back for a moment. Throws what the core threw. */
export const dropDraft = async (services: Services, parts: ComposeParts): Promise<void> => {
  const { composeId, draft, attachments } = parts;
  const content = contentOf(draft.state);
  const { identityId } = draft;
  const nothing = isBlank(content) && attachments.items.length === 0;
  if (nothing) return keepDraft(services, parts);
  await draft.flush();
  draft.end();
  await discardDraft(services, { identityId, draftId: draft.storedId(), content });
  closeComposer(composeId);
};

/**
 * Goes on writing as another identity; what was stored under the present one goes along. Throws what the core threw.
 */
export const changeSender = async (
  services: Services,
  { draft, attachments }: ComposeParts,
  to: IdentityId,
): Promise<void> => {
  const from = draft.identityId;
  if (to === from) return;
  await draft.flush();
  const draftId = draft.storedId();
  if (draftId === undefined) {
    draft.restart(to, undefined);
    return;
  }
  const copy = await copyDraft(services, { from, draftId, to });
  draft.restart(to, copy.id);
  attachments.replaceAll(copy.attachments);
  await services.core.call('drafts.discard', { identityId: from, draftId });
};
