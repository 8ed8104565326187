import { MailAddress, MessageId } from '../../shared/ids';
import { previewOf } from '../../electron/core/domain/preview';
import type { NewReceived } from '../../electron/core/ports/storage/mail-records';
import { seededRandom } from '../graph/ring-plan';
import { entryOf } from '../sample/entry-of';
import { planMail } from '../sample/plan-mail';
import type { PlannedMail } from '../sample/plan-mail';
import { planPeople } from '../sample/plan-people';
import { seededIds } from '../sample/seeded-ids';

/** A made-up message, and what the store is given of it. */
export type MailboxMail = { readonly planned: PlannedMail; readonly row: NewReceived };

export type MailboxPeople = readonly { readonly name: string; readonly address: MailAddress }[];

const SEED = 7;
const PEOPLE = 208;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const OWN = MailAddress.parse(`nora@${'n'.repeat(56)}.onion`);
/** A word that every second message has, and one in a thousand. */
export const COMMON = 'rehearsal';
export const RARE = 'quincetart';

/** People of thirteen languages. */
export function mailboxPeople(): MailboxPeople {
  const random = seededRandom(SEED);
  const letter = (): string => BASE32.charAt(Math.floor(random() * BASE32.length));
  return planPeople(PEOPLE, SEED).people.map(({ name, localPart }) => ({
    name,
    address: MailAddress.parse(`${localPart}@${Array.from({ length: 56 }, letter).join('')}.onion`),
  }));
}

/** So many messages of one mailbox in the order of their dates; the same number gives the same mail. */
export function* mailboxMail(messages: number, people: MailboxPeople): Generator<MailboxMail> {
  const uuid = seededIds(SEED);
  const plan = planMail({
    messages,
    people: planPeople(PEOPLE, SEED).people,
    identities: 1,
    seed: SEED,
    now: Date.now(),
  });
  for (const planned of plan) yield { planned, row: rowOf(planned, people, uuid()) };
}

function rowOf(planned: PlannedMail, people: MailboxPeople, uuid: string): NewReceived {
  const { number, at, subject, ancestors } = planned;
  const text = `${planned.text}${number % 2 === 0 ? `\n${COMMON}` : ''}${number % 1_000 === 500 ? `\n${RARE}` : ''}`;
  const nameOf = (of: number): string => `<${String(of)}@${'m'.repeat(56)}.onion>`;
  return {
    id: MessageId.parse(uuid),
    rfcMessageId: nameOf(number),
    threadId: nameOf(ancestors[0] ?? number),
    references: ancestors.map(nameOf),
    folder: 'inbox',
    from: entryOf(people, planned.person).address,
    to: [OWN],
    cc: planned.copies.map((copy) => entryOf(people, copy).address),
    bcc: [],
    subject,
    preview: previewOf(text),
    date: at,
    storedAt: at,
    size: text.length + 2_000,
    protection: number % 3 === 0 ? 'unverified' : 'verified',
    protectionReason: 'ok',
    text,
    attachments: [],
    raw: new Uint8Array(1),
  };
}
