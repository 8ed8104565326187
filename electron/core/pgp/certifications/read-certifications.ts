import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../../../shared/ids';
import { MAX_FOREIGN_CERTIFICATIONS } from '../../domain/key-limits';
import type { ReadCertification } from '../../ports/certification-pgp';
import { publicKeysIn } from '../keys/armored-keys';
import { canonicalBody } from './canonical-certification';
import { levelOf, type CertificationFields } from './certification-fields';
import { sortKey } from './foreign-certifications';
import { walkKeys } from '../keys/key-walker';
import { SIGNATURE } from '../packets/signatures';

/**
 * The certifications by other people on the User IDs of a block, binary or armored: not of the key itself, not of its
 * onion. Newest first, at most MAX_FOREIGN_CERTIFICATIONS; `omitted` counts the rest. Claims until
 * `verifyCertifications` has seen them. A certification that cannot be read is left out and not counted.
 */
export async function readCertifications(o: {
  block: Uint8Array;
}): Promise<{ certifications: ReadCertification[]; omitted: number }> {
  const found: ReadCertification[] = [];
  let omitted = 0;
  for (const content of publicKeysIn(o.block)) {
    for (const walked of walkKeys(content)) {
      const key = await sortKey(walked);
      omitted += key.omitted;
      for (const fields of key.foreign) found.push(certificationOf(fields, key.fingerprint));
    }
  }
  const newest = found.sort((a, b) => b.createdAt - a.createdAt);
  const certifications = newest.slice(0, MAX_FOREIGN_CERTIFICATIONS);
  return { certifications, omitted: omitted + newest.length - certifications.length };
}

/** A certification as the rest of the program sees it; its body is a copy without what anybody could add to it. */
export function certificationOf(fields: CertificationFields, subject: Fingerprint): ReadCertification {
  const body = canonicalBody(fields);
  const { type, by } = fields;
  return {
    id: createHash('sha256').update(subject).update(body).digest('hex'),
    subject,
    kind: type === SIGNATURE.certificationRevocation ? 'revocation' : 'certification',
    level: levelOf(type),
    issuerKeyId: by.keyId,
    ...(by.fingerprint !== undefined && { issuer: by.fingerprint }),
    ...fields.grant,
    body,
  };
}
