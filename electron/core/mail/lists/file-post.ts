import { AttachmentId, MessageId, type MailboxId } from '../../../../shared/ids';
import type { Entry } from '../../domain/lists/entry';
import { listAddress, listFields } from '../../domain/lists/list-address';
import { previewOf } from '../../domain/preview';
import { mailboxOf } from '../../domain/mail-address';
import { present } from '../../../../shared/present';
import type { Fingerprint } from '../../../../shared/ids';
import type { InnerBodies, InnerHead, SignedPost } from '../../ports/mime';
import type { Mailbox, Services } from '../mailbox';
import type { OpenList } from './open-list';

type FileServices = Pick<Services, 'clock' | 'random' | 'pgp' | 'mime'>;
type Head = Extract<InnerHead, { outcome: 'parsed' }>;
type Post = Extract<SignedPost, { outcome: 'signed' }>;

/**
 * Files a post as ordinary mail. Only what its author has signed as a whole message to this very list is shown: the
 * onion's signature on the entry says who posted, the OpenPGP signature is what stays when the post is exported. A copy
 * of what was filed before is left aside. Throws `unreadable-content`, `disk-full`.
 */
export async function filePost(
  services: FileServices,
  mailbox: Pick<Mailbox, 'messages' | 'identity'>,
  o: { readonly list: OpenList; readonly entry: Entry; readonly into: MailboxId },
): Promise<'filed' | 'refused'> {
  const { list, entry } = o;
  const post = await services.mime.parsePost(entry.body);
  if (post.outcome === 'refused' || post.to !== listAddress(list.of)) return 'refused';
  const head = await services.mime.readHead(post.content);
  if (head.outcome === 'refused' || head.from !== entry.author || head.control) return 'refused';
  const signedBy = await signerOf(services, { post, head, entry });
  if (signedBy === undefined) return 'refused';
  const bodies = await services.mime.readBodies({
    content: post.content,
    from: head.from,
    isKnown: true,
    onTop: listFields(list.of),
  });
  const row = rowOf(services, mailbox, { head, bodies, entry, signedBy, into: o.into });
  await mailbox.messages.receive(row, bodies.served);
  return 'filed';
}

/**
 * The key that signed the post, if the author's onion certifies it. It comes with the post, and is judged as of the
 * time at which the onion signed the entry: who joins later sees the same as those who were there.
 */
async function signerOf(
  { pgp }: Pick<Services, 'pgp'>,
  { post, head, entry }: { readonly post: Post; readonly head: Head; readonly entry: Entry },
): Promise<Fingerprint | undefined> {
  const { author: from, at: now } = entry;
  const { content, signature } = post;
  for (const block of head.keyBlocks) {
    const key = await pgp.checkKeyBlock({ block, address: mailboxOf(from), now });
    if (key.outcome !== 'certified') continue;
    const { publicKey, fingerprint } = key;
    const check = await pgp.verifyDetached({ content, signature, publicKey, now, from });
    if (check.outcome === 'valid') return fingerprint;
  }
  return undefined;
}

function rowOf(
  services: FileServices,
  mailbox: Pick<Mailbox, 'identity' | 'messages'>,
  o: {
    readonly head: Head;
    readonly bodies: InnerBodies;
    readonly entry: Entry;
    readonly signedBy: Fingerprint;
    readonly into: MailboxId;
  },
) {
  const { head, bodies, entry } = o;
  const id = MessageId.parse(services.random.uuid());
  const threadId = threadOf(mailbox, { head, into: o.into }) ?? id;
  const isOwn = entry.author === mailbox.identity().address;
  return {
    id,
    rfcMessageId: head.messageId,
    threadId,
    ...present({ inReplyTo: head.inReplyTo, html: bodies.html }),
    references: head.references,
    folder: { mailbox: o.into, seen: isOwn },
    from: head.from,
    to: head.to,
    cc: head.cc,
    bcc: [],
    subject: head.subject,
    preview: previewOf(bodies.text),
    date: head.date,
    storedAt: services.clock.now(),
    size: entry.body.length,
    ...(isOwn
      ? { protection: 'own' as const, protectionReason: 'own' as const }
      : { protection: 'verified' as const, protectionReason: 'ok' as const, signer: { fingerprint: o.signedBy } }),
    text: bodies.text,
    attachments: bodies.attachments.map((attachment) => ({
      ...attachment,
      id: AttachmentId.parse(services.random.uuid()),
    })),
    raw: entry.body,
  };
}

/**
 * The conversation of the nearest post that this one answers. Only what lies in the mailbox of the list counts: the
 * Message-ID of a letter is no secret, and a post must not stand among letters of other people.
 */
function threadOf(
  { messages }: Pick<Mailbox, 'messages'>,
  { head, into }: { readonly head: Head; readonly into: MailboxId },
): string | undefined {
  for (const rfcMessageId of [head.inReplyTo ?? '', ...[...head.references].reverse()]) {
    const found = messages.reference({ rfcMessageId });
    if (found && messages.detail(found.messageId).summary.mailboxId === into) return found.threadId;
  }
  return undefined;
}
