import type { OuterFields } from '../../ports/mime';
import type { Random } from '../../ports/runtime';
import { newBoundary } from '../octets/boundary';
import { outerHeaders } from './outer-headers';

const LF = 0x0a;
const CR = 0x0d;

/**
 * The final bytes for the wire: outer header and PGP/MIME wrapper (RFC 3156 4) around an ASCII-armored OpenPGP message.
 * Every line ends with CR LF.
 */
export function wrapSealed(o: { message: OuterFields; sealed: Uint8Array; random: Pick<Random, 'bytes'> }): Uint8Array {
  return wrapUnder({ ...o, fields: outerHeaders(o.message) });
}

/** The same wrapper under any header fields, one line each but where a field has commas. */
export function wrapUnder(o: {
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly sealed: Uint8Array;
  readonly random: Pick<Random, 'bytes'>;
}): Uint8Array {
  const boundary = newBoundary(o.random);
  const head = [
    ...o.fields.map(({ name, value }) => `${name}: ${foldAddresses(value)}`),
    'MIME-Version: 1.0',
    `Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";\r\n boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: application/pgp-encrypted',
    'Content-Description: PGP/MIME version identification',
    '',
    'Version: 1',
    '',
    `--${boundary}`,
    'Content-Type: application/octet-stream; name="encrypted.asc"',
    'Content-Description: OpenPGP encrypted message',
    'Content-Disposition: inline; filename="encrypted.asc"',
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), withCrLf(o.sealed), Buffer.from(`--${boundary}--\r\n`, 'latin1')]);
}

/** One address a line keeps every line short, however many there are. */
const foldAddresses = (value: string): string => value.replaceAll(', ', ',\r\n ');

/** The same lines with CR LF, the last one too; octet by octet, which strings are two to three times slower at. */
function withCrLf(text: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(text.length + countLines(text) + 2);
  let length = 0;
  for (let at = 0; at < text.length; at += 1) {
    const octet = text[at] as number;
    if (octet === LF && (at === 0 || text[at - 1] !== CR)) out[length++] = CR;
    out[length++] = octet;
  }
  if (length === 0 || out[length - 1] !== LF) {
    out[length++] = CR;
    out[length++] = LF;
  }
  return out.subarray(0, length);
}

function countLines(text: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) if (text[at] === LF) lines += 1;
  return lines;
}
