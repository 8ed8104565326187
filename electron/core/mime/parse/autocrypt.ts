import type { MailAddress } from '../../../../shared/ids';
import type { OutgoingMessage } from '../../ports/mime';
import { dearmorPublicKey, readBase64 } from '../octets/base64';
import type { HeaderField } from '../octets/header-field';

/** A header field as it is written, folded at line ends of CR LF. */
export type FoldedField = { readonly name: string; readonly value: string };
type KeyField = { readonly address: string; readonly key: Uint8Array };

const KNOWN = new Set(['addr', 'prefer-encrypt', 'keydata']);
/** Octets of key data in a line; the space before it makes 77. */
const LINE = /.{1,76}/g;

/**
 * The keys of a message as Autocrypt Level 1 fields, most important first: the sender's own, then one gossip field for
 * each open recipient whose key is known. Never of somebody in Bcc: the others would learn of them.
 */
export function autocryptFields(message: OutgoingMessage): FoldedField[] {
  const own = dearmorPublicKey(message.keyBlock);
  const open = new Set<string>([...message.to, ...message.cc]);
  const gossip = (message.gossip ?? []).filter(({ address }) => open.delete(address));
  return [
    ...(own ? [{ name: 'Autocrypt', value: `addr=${message.from}; prefer-encrypt=mutual;${foldKey(own)}` }] : []),
    ...gossip.map(({ address, publicKey }) => ({
      name: 'Autocrypt-Gossip',
      value: `addr=${address};${foldKey(publicKey)}`,
    })),
  ];
}

function foldKey(key: Uint8Array): string {
  const lines = Buffer.from(key).toString('base64').match(LINE) ?? [];
  return ['', 'keydata=', ...lines].join('\r\n ');
}

/**
 * The keys in the Autocrypt fields of one header section: the sender's when `addr` is From, gossip when it is one of
 * the recipients. As Level 1 asks, a sender's field that stands twice counts as none, and so does a field with an
 * unknown attribute. Of an address in several gossip fields the first counts.
 */
export function autocryptKeys(o: {
  fields: readonly HeaderField[];
  from: MailAddress;
  recipients: readonly MailAddress[];
}): Uint8Array[] {
  const own = readAll(o.fields, 'autocrypt').filter(({ address }) => address === o.from);
  const open = new Set<string>(o.recipients);
  const gossip = readAll(o.fields, 'autocrypt-gossip').filter(({ address }) => open.delete(address));
  return [...(own.length === 1 ? own : []), ...gossip].map(({ key }) => key);
}

function readAll(fields: readonly HeaderField[], name: string): KeyField[] {
  return fields.filter((field) => field.name === name).flatMap(({ value }) => readKeyField(value) ?? []);
}

function readKeyField(value: string): KeyField | undefined {
  const attributes = new Map<string, string>();
  for (const piece of value.split(';')) {
    if (piece.trim() === '') continue;
    const equals = piece.indexOf('=');
    const name = piece.slice(0, Math.max(equals, 0)).trim().toLowerCase();
    const isCritical = !name.startsWith('_');
    if (attributes.has(name) || (isCritical && !KNOWN.has(name))) return undefined;
    attributes.set(name, piece.slice(equals + 1).trim());
  }
  const key = readBase64(attributes.get('keydata') ?? '');
  const address = attributes.get('addr')?.toLowerCase();
  return key && address !== undefined ? { address, key } : undefined;
}
