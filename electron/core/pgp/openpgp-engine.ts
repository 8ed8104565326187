import { computeValidity } from '../domain/trust/compute-validity';
import type { Pgp } from '../ports/pgp';
import { adoptKey } from './adopt-key';
import { certify, revokeCertification } from './certify';
import { checkKeyBlock } from './check-key-block';
import { decrypt } from './decrypt';
import { armorPublicKey, exportCertifyingKey, exportSecretKey } from './export';
import { generateIdentityKeys, recertify } from './identity-key';
import { readOwnKey, renewKey, replaceKey, revokeKey, rotateSubkey } from './key-life';
import { withCertifications } from './merge-certifications';
import { openAnonymous } from './open-anonymous';
import { readCertifications } from './read-certifications';
import { seal } from './seal';
import { sealAnonymously } from './seal-anonymously';
import { splitKeys } from './split-keys';
import { trustOnion } from './trust-onion';
import { createCertificationVerifier } from './verify-certifications';
import { verify } from './verify-signature';

/** OpenPGP in this very thread: 25 MB hold it for a second, so the core uses it through a worker. */
export function createOpenpgpEngine(): Pgp {
  return {
    generateIdentityKeys,
    recertify,
    checkKeyBlock,
    seal,
    decrypt,
    verify,
    sealAnonymously,
    openAnonymous,
    armorPublicKey: (publicKey) => Promise.resolve(armorPublicKey(publicKey)),
    exportSecretKey,
    exportCertifyingKey,
    certify,
    revokeCertification,
    readCertifications,
    verifyCertifications: createCertificationVerifier(),
    withCertifications: (o) => Promise.resolve().then(() => withCertifications(o)),
    splitKeys,
    trustOnion,
    computeValidity: (input) => Promise.resolve().then(() => computeValidity(input)),
    readOwnKey,
    renewKey,
    rotateSubkey,
    replaceKey,
    revokeKey,
    adoptKey,
    close: () => Promise.resolve(),
  };
}
