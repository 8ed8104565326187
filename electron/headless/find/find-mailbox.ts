import { PosthornError } from '../../../shared/errors';
import type { RpcClient } from '../../../shared/contract/rpc-client';
import type { IdentityId } from '../../../shared/ids';
import type { MailboxSummary } from '../../../shared/mailbox';

/** The name of a mailbox with those that it lies in: `Projects/2026`. */
export function mailboxPath(all: readonly MailboxSummary[], { name, parentId }: MailboxSummary): string {
  const parent = all.find(({ id }) => id === parentId);
  return parent === undefined ? name : `${mailboxPath(all, parent)}/${name}`;
}

/** A mailbox by its path in whatever case, by what it is for (`trash`) or by its id. Throws `mailbox-unknown`. */
export async function findMailbox(core: RpcClient, identityId: IdentityId, text: string): Promise<MailboxSummary> {
  const all = await core.call('mailboxes.list', { identityId });
  const wanted = text.normalize('NFC').toLowerCase();
  const found = all.find(
    (mailbox) =>
      mailbox.id === text || mailbox.specialUse === wanted || mailboxPath(all, mailbox).toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  throw new PosthornError('mailbox-unknown', 'There is no mailbox of this name. `posthorn mailboxes` lists them.');
}
