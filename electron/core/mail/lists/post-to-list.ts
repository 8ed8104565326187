import { PosthornError } from '../../../../shared/errors';
import type { MessageId } from '../../../../shared/ids';
import type { MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { present } from '../../../../shared/present';
import { listAddress } from '../../domain/lists/list-address';
import { MAX_LIST_POST_BYTES } from '../../domain/lists/list-limits';
import type { LogHead } from '../../domain/lists/entry-shelf';
import { onionOf } from '../../domain/mail-address';
import { placeInThread } from '../../domain/threading';
import type { Mailbox, Services } from '../mailbox';
import { requireList, type OpenList } from './open-list';
import { pushEntries, type ListServices } from './send-batches';
import { writeToLog } from './write-to-log';

type Post = {
  readonly list: MailingListId;
  readonly subject: string;
  readonly text: string;
  /** A message that is stored here and is answered by this one. */
  readonly inReplyTo?: MessageId;
};

/**
 * Posts to a list: the post is signed, and in our own log when this resolves; every member gets it from us or from
 * another. Throws `list-unknown`, `list-refused`, `too-large`, `too-many` past the day's quota, `message-unknown`; then
 * nothing was posted.
 */
export async function postToList(
  services: ListServices & Pick<Services, 'pgp' | 'mime'>,
  mailbox: Mailbox,
  o: Post,
): Promise<void> {
  const list = requireList(services, mailbox, o.list);
  const { keys } = mailbox.identity();
  const now = services.clock.now();
  const entity = await services.mime.buildPost(await outgoing(services, mailbox, { ...o, of: list.of }));
  const signature = await services.pgp.signDetached({ content: entity, secretKey: keys.secretKey, now });
  const body = services.mime.wrapSigned({ entity, signature });
  if (body.length > MAX_LIST_POST_BYTES)
    throw new PosthornError('too-large', 'This is longer than a post to a list may be. Nothing was posted.');
  // It may be another list by now: somebody left it meanwhile, or was removed.
  const still = requireList(services, mailbox, o.list);
  const entry = writeToLog(services, mailbox, o.list, (write, shelf) => {
    const made = write('post', body);
    const head = shelf.log(made);
    if (head && isOver(still, head)) throw overQuota();
    return made;
  });
  mailbox.changes.lists();
  pushEntries(services, mailbox, { list: still, entries: [entry] });
}

async function outgoing(
  services: ListServices & Pick<Services, 'pgp'>,
  mailbox: Mailbox,
  o: Post & { readonly of: OpenList['of'] },
) {
  const { address, keys } = mailbox.identity();
  const answered = o.inReplyTo === undefined ? undefined : mailbox.messages.reference({ messageId: o.inReplyTo });
  const messageId = `<${services.random.uuid()}@${onionOf(address)}>`;
  const placed = placeInThread({ own: messageId, parent: answered });
  return {
    messageId,
    date: services.clock.now(),
    from: address,
    to: listAddress(o.of),
    subject: o.subject,
    text: o.text,
    ...present({ inReplyTo: placed.inReplyTo }),
    references: placed.references,
    keyBlock: await services.pgp.armorPublicKey(keys.publicKey),
  };
}

/** What is over the quota is refused by all members, and so is every later post of the same log. */
function isOver({ state: { policy } }: OpenList, head: LogHead): boolean {
  return head.posts > policy.postsPerDay || head.octets > policy.octetsPerDay;
}

const overQuota = (): PosthornError =>
  new PosthornError('too-many', 'You have posted as much today as this list allows. Nothing was posted.');
