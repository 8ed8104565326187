import { create } from 'zustand';
import type { IdentityId, MessageId } from '../../shared/ids';

/** What a composer starts from. At most one of `draftId`, `replyTo`, `replyAll` and `forward` is given. */
export type ComposeRequest = {
  readonly identityId: IdentityId;
  /** Go on with this draft. */
  readonly draftId?: MessageId;
  /** Answer the sender of this message. */
  readonly replyTo?: MessageId;
  /** Answer the sender and everybody else of this message. */
  readonly replyAll?: MessageId;
  /** Send this message on. */
  readonly forward?: MessageId;
  /** Addresses to begin with. */
  readonly to?: readonly string[];
};

export type OpenComposer = { readonly composeId: string; readonly request: ComposeRequest };

/** The composers that are open, oldest first. */
export const useCompose = create<{ readonly composers: readonly OpenComposer[] }>()(() => ({ composers: [] }));

/** Opens a composer, or keeps the one that already has this draft open. Returns its `composeId`. */
export const openComposer = (request: ComposeRequest): string => {
  const { composers } = useCompose.getState();
  const same = composers.find(({ request: open }) => request.draftId !== undefined && open.draftId === request.draftId);
  if (same) return same.composeId;
  const composeId = crypto.randomUUID();
  useCompose.setState({ composers: [...composers, { composeId, request }] });
  return composeId;
};

/** Closes a composer; whether its draft stays is the composer's business. */
export const closeComposer = (composeId: string): void =>
  useCompose.setState(({ composers }) => ({ composers: composers.filter((open) => open.composeId !== composeId) }));

/** What an open composer started from; undefined when it was closed. */
export const useComposeRequest = (composeId: string): ComposeRequest | undefined =>
  useCompose(({ composers }) => composers.find((open) => open.composeId === composeId)?.request);
