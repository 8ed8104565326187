import { MailAddress } from '../../shared/ids';
import { mailboxPeople } from '../mailbox/mailbox-mail';
import { entryOf } from '../sample/entry-of';
import { planMail } from '../sample/plan-mail';
import { planPeople } from '../sample/plan-people';
import { writeMail } from '../sample/write-mail';

/** A message as both servers are given it. */
export type ImapLetter = { readonly octets: Buffer; readonly seen: boolean; readonly at: number };

const SEED = 7;
const PEOPLE = 208;
const OWN = MailAddress.parse(`nora@${'n'.repeat(56)}.onion`);
/** A fixed time, so that two processes make the same mail. */
const NOW = Date.UTC(2026, 0, 1);
/** A word of one message in a hundred. */
export const SOUGHT = 'quincetart';

/** So many messages of one mailbox, oldest first; the same number gives the same octets. */
export function* imapLetters(messages: number): Generator<ImapLetter> {
  const people = mailboxPeople();
  const plan = planMail({ messages, people: planPeople(PEOPLE, SEED).people, identities: 1, seed: SEED, now: NOW });
  const nameOf = (number: number): string => `<${String(number)}@${'m'.repeat(56)}.onion>`;
  for (const { number, at, person, copies, ancestors, subject, text, seen } of plan) {
    const octets = writeMail({
      messageId: nameOf(number),
      date: at,
      from: entryOf(people, person).address,
      to: [OWN],
      cc: copies.map((copy) => entryOf(people, copy).address),
      subject,
      references: ancestors.map(nameOf),
      text: number % 100 === 50 ? `${text}\n${SOUGHT}` : text,
      files: [],
    });
    yield { octets, seen, at };
  }
}
