import type { MessageSummary } from '../../shared/message';
import { isolated } from '../../shared/text/text-direction';

/** `alice@abcdefgh….onion` → `alice`. */
export const localPartOf = (address: string): string =>
  address.slice(0, Math.max(0, address.lastIndexOf('@'))) || address;

/** How to call a person: the name that the user or they themselves chose, else the local part. Fit for a sentence. */
export const personName = ({ name, address }: { readonly name: string; readonly address: string }): string =>
  isolated(name) || localPartOf(address);

/** The first eight letters and the last four of an onion name: enough to tell two apart, never enough to trust one. */
export const shortOnion = (address: string): string => {
  const name = address.slice(address.lastIndexOf('@') + 1).replace(/\.onion$/u, '');
  return name.length > 14 ? `${name.slice(0, 8)}…${name.slice(-4)}` : name;
};

/** `alice@abcdefgh…wxyz`. */
export const shortAddress = (address: string): string => `${localPartOf(address)}@${shortOnion(address)}`;

type Writer = Pick<MessageSummary, 'from' | 'writtenFrom'>;

/** Who wrote a message, as lists and letters name them: of what another program has put here, what its header says. */
export const senderName = ({ from, writtenFrom }: Writer, nameOf: (address: string) => string): string =>
  writtenFrom === undefined ? nameOf(from) : writtenFrom || 'Unknown sender';

/** The same as an address, where there is one. */
export const senderAddress = ({ from, writtenFrom }: Writer): string =>
  writtenFrom === undefined ? from : writtenFrom || 'Unknown sender';
