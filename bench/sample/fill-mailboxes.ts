import { AttachmentId, DeliveryId, MessageId } from '../../shared/ids';
import type { MailAddress } from '../../shared/ids';
import { rowOf } from '../../electron/core/mail/incoming/accept-message';
import { mailboxOf } from '../../electron/core/domain/mail-address';
import { present } from '../../shared/present';
import { previewOf } from '../../electron/core/domain/preview';
import { createMime } from '../../electron/core/mime/create-mime';
import type { NewReceived } from '../../electron/core/ports/storage/mail-records';
import type { MailStore } from '../../electron/core/ports/storage/mail-store';
import type { Vault, VaultIdentity } from '../../electron/core/ports/storage/vault';
import { entryOf } from './entry-of';
import type { PlannedMail } from './plan-mail';
import { sampleFile } from './sample-file';
import { sampleHtml } from './sample-html';
import { seededIds } from './seeded-ids';
import type { WrittenMail } from './write-mail';
import { writeMail } from './write-mail';
import type { Outbox } from '../../electron/core/ports/storage/outbox';

export type FillMailboxes = {
  /** The open vault of the profile. */
  readonly vault: Vault;
  readonly mail: Iterable<PlannedMail>;
  /** Address of each planned person. */
  readonly addresses: readonly MailAddress[];
  readonly seed: number;
  /** Told after each commit of many rows how many messages are stored. */
  readonly onStored: (count: number) => void;
};

/** Rows of one commit. More would hold more memory for little speed: the commit is a small part of the time by then. */
const ROWS_OF_A_COMMIT = 500;

type Received = { readonly planned: PlannedMail; readonly row: NewReceived };
type Box = { readonly identity: VaultIdentity; readonly mail: MailStore; waiting: Promise<Received>[] };

/**
 * Puts planned mail into the mailboxes of an unlocked profile. Each message is written as MIME, parsed by the core's
 * own parser and stored by its own store, as mail is that came over the wire; only the seal is left out, so that the
 * stored wire copy is the message unsealed.
 */
export async function fillMailboxes(o: FillMailboxes): Promise<void> {
  const filling = new Filling(o);
  try {
    for (const planned of o.mail) await filling.take(planned);
    await filling.commitAll();
  } finally {
    filling.close();
  }
}

class Filling {
  readonly #o: FillMailboxes;
  readonly #mime = createMime();
  readonly #boxes: readonly Box[];
  readonly #uuid: () => string;
  /** By number: what a later message answers. */
  readonly #ids = new Map<number, MessageId>();
  #stored = 0;

  constructor(o: FillMailboxes) {
    this.#o = o;
    this.#uuid = seededIds(o.seed);
    this.#boxes = o.vault.identities().map((identity) => ({ identity, mail: o.vault.openMail(identity), waiting: [] }));
  }

  /** A message that was received waits for a commit with others; one that was sent follows what it answers. */
  async take(planned: PlannedMail): Promise<void> {
    const box = this.#boxes[planned.identity];
    if (box === undefined) throw new RangeError('The plan names an identity that is not in the profile');
    if (planned.direction === 'sent') {
      await this.#commit(box);
      this.#send(box, planned);
      return;
    }
    box.waiting.push(this.#parse(box, planned));
    if (box.waiting.length >= ROWS_OF_A_COMMIT) await this.#commit(box);
  }

  async commitAll(): Promise<void> {
    for (const box of this.#boxes) await this.#commit(box);
  }

  close(): void {
    for (const { mail } of this.#boxes) mail.close();
  }

  async #commit(box: Box): Promise<void> {
    const received = await Promise.all(box.waiting);
    box.waiting = [];
    await Promise.all(received.map((one) => this.#store(box, one)));
    const idsOf = (is: (planned: PlannedMail) => boolean): MessageId[] =>
      received.filter(({ planned }) => is(planned)).map(({ row }) => row.id);
    box.mail.messages.setFlags(
      idsOf(({ seen }) => seen),
      { seen: true },
    );
    box.mail.messages.setFlags(
      idsOf(({ flagged }) => flagged),
      { flagged: true },
    );
    for (const folder of ['archive', 'trash'] as const)
      box.mail.messages.move(
        idsOf((planned) => planned.folder === folder),
        folder,
      );
    this.#count(received.length);
  }

  async #parse({ identity, mail }: Box, planned: PlannedMail): Promise<Received> {
    const raw = writeMail(this.#written(identity, planned));
    const random = { uuid: this.#uuid };
    const clock = { now: () => planned.at };
    const head = await this.#mime.readHead(raw);
    if (head.outcome !== 'parsed') throw new Error(`Message ${String(planned.number)} is refused: ${head.reason}`);
    const bodies = await this.#mime.readBodies({ content: raw, from: head.from, isKnown: true });
    const inner = { ...head, ...bodies };
    const row = rowOf({ clock, random }, { identity: () => identity }, { inner, raw, folder: 'inbox' });
    const fingerprint = mail.contacts.find(mailboxOf(head.from))?.fingerprint;
    return { planned, row: { ...row, ...(fingerprint ? { signer: { fingerprint } } : {}) } };
  }

  /** Called for all of a commit in the order of the plan, which is the order of the list. */
  async #store({ mail }: Box, { planned, row }: Received): Promise<void> {
    const { outcome } = await mail.messages.receive(row);
    if (outcome !== 'stored') throw new Error(`Message ${String(planned.number)} was taken for a duplicate`);
    this.#ids.set(planned.number, row.id);
  }

  #send({ identity, mail }: Box, planned: PlannedMail): void {
    const written = this.#written(identity, planned);
    const id = MessageId.parse(this.#uuid());
    const inReplyTo = this.#ids.get(planned.ancestors.at(-1) ?? -1);
    const content = { ...typed(written), ...present({ inReplyTo }) };
    mail.drafts.save({
      id,
      isNew: true,
      content,
      threadId: id,
      preview: previewOf(written.text),
      now: planned.at,
      from: identity.address,
    });
    for (const attachment of written.files)
      mail.drafts.attach({ draftId: id, id: AttachmentId.parse(this.#uuid()), attachment });
    const deliveryId = DeliveryId.parse(this.#uuid());
    mail.outbox.submit({ ...this.#submitted(mail, { id, deliveryId, written }), ...present({ answers: inReplyTo }) });
    mail.outbox.putSealed({ messageId: id, deliveryIds: [deliveryId], raw: writeMail(written) });
    mail.outbox.changeDelivery(deliveryId, {
      state: 'delivered',
      reason: 'none',
      attempts: 1,
      deliveredAt: planned.at + 4_000,
    });
    this.#ids.set(planned.number, id);
    this.#count(1);
  }

  #submitted(
    mail: MailStore,
    { id, deliveryId, written }: { id: MessageId; deliveryId: DeliveryId; written: WrittenMail },
  ): Parameters<Outbox['submit']>[0] {
    const { messageId: rfcMessageId, references, date, to, cc } = written;
    const inReplyTo = references.at(-1);
    const answered = inReplyTo === undefined ? undefined : mail.messages.reference({ rfcMessageId: inReplyTo });
    return {
      messageId: id,
      rfcMessageId,
      threadId: answered?.threadId ?? rfcMessageId,
      ...present({ inReplyTo }),
      references,
      to,
      cc,
      bcc: [],
      date,
      preview: previewOf(written.text),
      deliveries: [
        { id: deliveryId, recipient: entryOf(to, 0), state: 'delivering', expiresAt: date + 14 * 24 * 60 * 60_000 },
      ],
    };
  }

  #written({ address }: VaultIdentity, planned: PlannedMail): WrittenMail {
    const person = entryOf(this.#o.addresses, planned.person);
    const { direction, number, subject, text } = planned;
    const messageId = this.#messageId(number);
    return {
      messageId,
      date: planned.at,
      from: direction === 'received' ? person : address,
      to: [direction === 'received' ? address : person],
      // What is sent goes to one person, so that it has one delivery.
      cc: direction === 'received' ? planned.copies.map((copy) => entryOf(this.#o.addresses, copy)) : [],
      subject,
      references: planned.ancestors.map((ancestor) => this.#messageId(ancestor)),
      text,
      ...(planned.html ? { html: sampleHtml(subject, text) } : {}),
      files: planned.files.map((kind) => sampleFile(kind, number)),
    };
  }

  #messageId(number: number): string {
    return `<${String(number)}.${String(this.#o.seed)}@${entryOf(entryOf(this.#o.addresses, 0).split('@'), 1)}>`;
  }

  #count(more: number): void {
    this.#stored += more;
    if (more > 0) this.#o.onStored(this.#stored);
  }
}

function typed({ to, cc, subject, text }: WrittenMail): {
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  text: string;
} {
  return { to: [...to], cc: [...cc], bcc: [], subject, text };
}
