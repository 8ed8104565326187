import type { Random } from '../../ports/runtime';
import { newBoundary } from '../octets/boundary';

/** Fields that say how an entity is built; all others stand outside of the signature, too. */
const OF_ENTITY = /^(content-|mime-version)/i;

/** A signed message (RFC 3156 5): `entity` is in it octet for octet, below the same header fields. */
export function wrapSigned(o: {
  readonly entity: Uint8Array;
  readonly signature: Uint8Array;
  readonly random: Pick<Random, 'bytes'>;
}): Uint8Array {
  const boundary = newBoundary(o.random);
  const head = [
    ...fieldsOf(o.entity),
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; micalg=pgp-sha512;',
    ` protocol="application/pgp-signature"; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    '',
  ].join('\r\n');
  const between = [
    '',
    `--${boundary}`,
    'Content-Type: application/pgp-signature; name="signature.asc"',
    'Content-Description: OpenPGP digital signature',
    '',
    '',
  ].join('\r\n');
  const octets = [latin1(head), o.entity, latin1(between), o.signature, latin1(`\r\n--${boundary}--\r\n`)];
  return new Uint8Array(Buffer.concat(octets));
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** Header fields as they stand, a folded one together. */
function fieldsOf(entity: Uint8Array): string[] {
  const text = Buffer.from(entity.buffer, entity.byteOffset, entity.byteLength).toString('latin1');
  const header = text.slice(0, text.indexOf('\r\n\r\n'));
  return header.split(/\r\n(?![ \t])/).filter((field) => !OF_ENTITY.test(field));
}
