import { isSameMailbox } from '../../../../shared/address/mailbox-of';
import type { Contact } from '../../../../shared/contact';
import { namesIn } from '../../../queries/use-contacts';
import { localPartOf, personName } from '../../../words/address-text';
import { isTroubled, isVerified, standingWords } from '../../../words/standing-words';

/**
 * What will happen to a message on its way out: `sealed` when every key is at hand, `fetch` when some come first,
 * `trouble` when one is bad.
 */
export type SealSummary = { readonly state: 'sealed' | 'fetch' | 'trouble'; readonly sentence: string };

type Recipient = Contact | string;

/**
 * A few short sentences about the keys of the recipients and what they are worth; nothing while there is no valid
 * one.
 */
export const sealSummary = (addresses: readonly string[], contacts: readonly Contact[]): SealSummary | undefined => {
  if (addresses.length === 0) return undefined;
  const recipients = addresses.map(
    (address) => contacts.find((contact) => isSameMailbox(contact.address, address)) ?? address,
  );
  const bad = recipients.find((one): one is Contact => typeof one !== 'string' && isTroubled(one.standing));
  if (bad !== undefined) {
    const { sentence, advice } = standingWords(bad.standing, namesIn(contacts));
    return { state: 'trouble', sentence: `${nameOf(bad)}: ${sentence} ${advice}` };
  }
  const ready = recipients.filter((one) => typeof one !== 'string' && one.standing.kind !== 'no-key');
  const missing = recipients.filter((one) => !ready.includes(one));
  const worth = worthOf(recipients);
  if (missing.length === 0) return { state: 'sealed', sentence: `Will be sealed to ${keysOf(ready)}.${worth}` };
  const fetched = `${keysOf(missing)} will be fetched from ${missing.length === 1 ? 'their onion' : 'their onions'} and checked first.`;
  return {
    state: 'fetch',
    sentence: `${ready.length === 0 ? 'Will be sealed.' : `Will be sealed to ${keysOf(ready)}.`} ${fetched}${worth}`,
  };
};

const isUnknown = (one: Recipient): boolean =>
  typeof one === 'string' ||
  one.standing.kind === 'unverified' ||
  (one.standing.kind === 'no-key' && !one.standing.verified);

/** Whom the user has verified, in a sentence with a space before it. */
const worthOf = (recipients: readonly Recipient[]): string => {
  const unknown = recipients.filter(isUnknown);
  if (unknown.length > 0) return ` You have not verified ${namesOf(unknown)} yet.`;
  const all = recipients.every((one) => typeof one !== 'string' && isVerified(one.standing));
  if (!all) return '';
  return recipients.length === 1 ? ' You have verified them.' : ' You have verified all of them.';
};

const nameOf = (recipient: Recipient): string =>
  typeof recipient === 'string' ? localPartOf(recipient) : personName(recipient);

const namesOf = (recipients: readonly Recipient[]): string => {
  const names = recipients.slice(0, 2).map(nameOf);
  return recipients.length > 2 ? `${names.join(', ')} and ${recipients.length - 2} more` : names.join(' and ');
};

const keysOf = (recipients: readonly Recipient[]): string => {
  const names = recipients.slice(0, 2).map((one) => `${nameOf(one)}’s`);
  if (recipients.length > 2) return `${names.join(', ')} and ${recipients.length - 2} more keys`;
  return `${names.join(' and ')} key${recipients.length > 1 ? 's' : ''}`;
};
