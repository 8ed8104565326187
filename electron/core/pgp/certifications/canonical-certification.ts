import type { CertificationFields } from './certification-fields';
import { EDDSA_LEGACY, signatureNumbers, signatureOf } from '../keys/eddsa-packets';
import { concatBytes } from '../packets/packet-framing';
import { SUBPACKET, writeSubpacket } from '../packets/subpackets';

/**
 * The body with nothing outside the hashed area but the issuer, when the hashed area does not name it. Anybody can
 * change what is outside: without this, copies of one certification could crowd out the others of its key.
 */
export function canonicalBody(fields: CertificationFields): Uint8Array {
  const { body, hashedEnd, digestAt } = fields;
  const unhashed = concatBytes([keyIdPart(fields), fingerprintPart(fields)]);
  const length = Uint8Array.of(unhashed.length >> 8, unhashed.length & 0xff);
  return concatBytes([
    body.subarray(0, hashedEnd),
    length,
    unhashed,
    body.subarray(digestAt, digestAt + 2),
    numbersPart(fields),
  ]);
}

function numbersPart({ body, digestAt, keyAlgorithm }: CertificationFields): Uint8Array {
  const numbers = body.subarray(digestAt + 2);
  const signature = keyAlgorithm === EDDSA_LEGACY ? signatureOf(numbers) : undefined;
  return signature === undefined ? numbers : signatureNumbers(signature);
}

function keyIdPart({ by }: CertificationFields): Uint8Array {
  return by.isKeyIdHashed ? new Uint8Array() : writeSubpacket(SUBPACKET.issuerKeyId, Buffer.from(by.keyId, 'hex'));
}

function fingerprintPart({ by }: CertificationFields): Uint8Array {
  if (by.fingerprint === undefined || by.isFingerprintHashed) return new Uint8Array();
  return writeSubpacket(
    SUBPACKET.issuerFingerprint,
    concatBytes([Uint8Array.of(4), Buffer.from(by.fingerprint, 'hex')]),
  );
}
