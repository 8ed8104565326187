import type { Contact } from '../../../shared/contact';
import type { MissingMail } from '../../../shared/custody';
import { localPartOf } from '../../words/address-text';
import { missingFromMany, missingWords } from '../../words/custody-words';
import type { MissingWords } from '../../words/custody-words';

/**
 * Mail of one person that has not arrived: in words, and the contacts that they speak of as far as they still exist.
 */
export type MissingLine = MissingWords & {
  readonly mail: MissingMail;
  readonly sender: Contact | undefined;
  readonly holder: Contact | undefined;
};

const nameOf = ({ name, address }: Contact): string => name || localPartOf(address);

/** Everybody whose mail is missing, longest first. */
export const missingLines = (missing: readonly MissingMail[], contacts: readonly Contact[]): readonly MissingLine[] =>
  [...missing]
    .sort((one, other) => one.since - other.since)
    .map((mail) => {
      const sender = contacts.find(({ id }) => id === mail.contactId);
      const holder = contacts.find(({ id }) => id === mail.holderContactId);
      const from = sender === undefined ? 'somebody you removed' : nameOf(sender);
      const keeper = holder === undefined ? mail.holder && 'Somebody you removed' : nameOf(holder);
      return { mail, sender, holder, ...missingWords({ count: mail.count, from, holder: keeper, since: mail.since }) };
    });

/** What the banner over the inbox says of all of it; undefined when nothing is missing. */
export const missingHeadline = (lines: readonly MissingLine[]): MissingWords | undefined => {
  const [first, ...others] = lines;
  if (first === undefined || others.length === 0) return first;
  return { title: missingFromMany(lines.map(({ mail }) => mail.count)), sentence: '' };
};
