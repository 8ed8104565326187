import { create } from 'zustand';
import type { IdentityId, MailboxId } from '../../shared/ids';
import type { MailboxSummary, Tag } from '../../shared/mailbox';

type Mailboxes = {
  readonly byIdentity: Readonly<Partial<Record<string, readonly MailboxSummary[]>>>;
  readonly tags: Readonly<Partial<Record<string, readonly Tag[]>>>;
};

/** The mailboxes of each identity with the number of messages in them, and its tags. */
export const useMailboxes = create<Mailboxes>()(() => ({ byIdentity: {}, tags: {} }));

const update = (
  identityId: IdentityId,
  change: (before: readonly MailboxSummary[]) => readonly MailboxSummary[],
): void =>
  useMailboxes.setState(({ byIdentity }) => ({
    byIdentity: { ...byIdentity, [identityId]: change(byIdentity[identityId] ?? []) },
  }));

/** Takes over all mailboxes of one identity. */
export const setMailboxes = (identityId: IdentityId, mailboxes: readonly MailboxSummary[]): void =>
  update(identityId, () => mailboxes);

/** Takes over those that changed or are new. */
export const changeMailboxes = (identityId: IdentityId, changed: readonly MailboxSummary[]): void =>
  update(identityId, (before) => {
    const byId = new Map([...before, ...changed].map((mailbox) => [mailbox.id, mailbox]));
    return [...byId.values()];
  });

/** Forgets one that was deleted. */
export const forgetMailbox = (identityId: IdentityId, mailboxId: MailboxId): void =>
  update(identityId, (before) => before.filter(({ id }) => id !== mailboxId));

/** Takes over all tags of one identity. */
export const setTags = (identityId: IdentityId, tags: readonly Tag[]): void =>
  useMailboxes.setState((state) => ({ tags: { ...state.tags, [identityId]: tags } }));

const none: readonly MailboxSummary[] = [];
const noTags: readonly Tag[] = [];

/** The mailboxes of one identity, for a view. */
export const useMailboxesOf = (identityId: IdentityId | undefined): readonly MailboxSummary[] =>
  useMailboxes(({ byIdentity }) => (identityId ? byIdentity[identityId] : undefined) ?? none);

/** The tags of one identity, in its order. */
export const useTagsOf = (identityId: IdentityId | undefined): readonly Tag[] =>
  useMailboxes(({ tags }) => (identityId ? tags[identityId] : undefined) ?? noTags);

/** The mailboxes for an action. */
export const mailboxesOf = (identityId: IdentityId): readonly MailboxSummary[] =>
  useMailboxes.getState().byIdentity[identityId] ?? none;
