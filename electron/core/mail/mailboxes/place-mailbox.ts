import type { MailboxId } from '../../../../shared/ids';
import { MailboxId as Id } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import { present } from '../../../../shared/present';
import { mailboxName } from '../../domain/mailboxes/mailbox-name';
import { requireOwn, requirePlace, requireRoom } from '../../domain/mailboxes/mailbox-rules';
import type { Mailbox, Services } from '../mailbox';

type Boxes = Pick<Mailbox, 'mailboxes'>;

/** Makes a mailbox of the person's own. Throws `mailbox-refused`, `mailbox-exists`, `mailbox-unknown`, `too-many`. */
export function makeMailbox(
  { random }: Pick<Services, 'random'>,
  { mailboxes }: Boxes,
  o: { readonly name: string; readonly parentId?: MailboxId | undefined },
): MailboxSummary {
  const name = mailboxName(o.name);
  const all = mailboxes.all();
  requireRoom(all);
  requirePlace(all, { parentId: o.parentId });
  return mailboxes.make({ id: Id.parse(random.uuid()), name, ...present({ parentId: o.parentId }) });
}

/** Gives a mailbox another name. Throws as `makeMailbox`. */
export function renameMailbox(
  { mailboxes }: Boxes,
  o: { readonly id: MailboxId; readonly name: string },
): MailboxSummary {
  const box = mailboxes.get(o.id);
  requireOwn(box);
  return mailboxes.place({ id: o.id, name: mailboxName(o.name), ...present({ parentId: box.parentId }) });
}

/** Gives a mailbox another name and place at once. Throws as `makeMailbox`. */
export function placeMailbox(
  { mailboxes }: Boxes,
  o: { readonly id: MailboxId; readonly name: string; readonly parentId: MailboxId | undefined },
): MailboxSummary {
  requireOwn(mailboxes.get(o.id));
  const name = mailboxName(o.name);
  requirePlace(mailboxes.all(), o);
  return mailboxes.place({ id: o.id, name, ...present({ parentId: o.parentId }) });
}

/** Puts a mailbox with all that lies in it into another or, without `parentId`, to the top. Throws as `makeMailbox`. */
export function moveMailbox(
  { mailboxes }: Boxes,
  o: { readonly id: MailboxId; readonly parentId: MailboxId | undefined },
): MailboxSummary {
  const box = mailboxes.get(o.id);
  requireOwn(box);
  requirePlace(mailboxes.all(), o);
  return mailboxes.place({ id: o.id, name: box.name, ...present({ parentId: o.parentId }) });
}
