import type { Contact } from '../../../shared/contact';
import { keyStateWords } from '../../parts/words';
import { localPartOf } from '../../words/address-text';

/** What will happen to a message on its way out: `sealed` when every key is at hand, `fetch` when some come first, `trouble` when one is bad. */
export type SealSummary = { readonly state: 'sealed' | 'fetch' | 'trouble'; readonly sentence: string };

/** One or two sentences about the keys of the recipients; nothing while there is no valid one. */
export const sealSummary = (addresses: readonly string[], contacts: readonly Contact[]): SealSummary | undefined => {
  if (addresses.length === 0) return undefined;
  const recipients = addresses.map((address) => contacts.find((contact) => contact.address === address) ?? address);
  const bad = recipients.find((one): one is Contact => typeof one !== 'string' && ['changed', 'expired', 'revoked'].includes(one.keyState));
  if (bad !== undefined) return { state: 'trouble', sentence: `${nameOf(bad)}: ${keyStateWords[bad.keyState].sentence}` };
  const ready = recipients.filter((one) => typeof one !== 'string' && one.keyState === 'certified');
  const missing = recipients.filter((one) => !ready.includes(one));
  if (missing.length === 0) return { state: 'sealed', sentence: `Will be sealed to ${keysOf(ready)}.` };
  const fetched = `${keysOf(missing)} will be fetched from ${missing.length === 1 ? 'their onion' : 'their onions'} and checked first.`;
  return { state: 'fetch', sentence: ready.length === 0 ? `Will be sealed. ${fetched}` : `Will be sealed to ${keysOf(ready)}. ${fetched}` };
};

const nameOf = (recipient: Contact | string): string => (typeof recipient === 'string' ? localPartOf(recipient) : recipient.name || localPartOf(recipient.address));

const keysOf = (recipients: readonly (Contact | string)[]): string => {
  const names = recipients.slice(0, 2).map((one) => `${nameOf(one)}’s`);
  if (recipients.length > 2) return `${names.join(', ')} and ${recipients.length - 2} more keys`;
  return `${names.join(' and ')} key${recipients.length > 1 ? 's' : ''}`;
};
