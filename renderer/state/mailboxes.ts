import { create } from 'zustand';
import type { IdentityId, MailboxId } from '../../shared/ids';
import type { MailboxSummary } from '../../shared/mailbox';

type Mailboxes = { readonly byIdentity: Readonly<Partial<Record<string, readonly MailboxSummary[]>>> };

/** The mailboxes of each identity, and how many messages are in them. */
export const useMailboxes = create<Mailboxes>()(() => ({ byIdentity: {} }));

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
