import { computeValidity } from '../domain/trust/compute-validity';
import type { Pgp } from '../ports/pgp';
import { adoptKey } from './keys/adopt-key';
import { certify, revokeCertification } from './certifications/certify';
import { checkKeyBlock } from './keys/check-key-block';
import { cleanSealed } from './messages/clean-sealed';
import { decrypt } from './messages/decrypt';
import { armorPublicKey, exportCertifyingKey, exportSecretKey } from './keys/export';
import { certifyGuestKey } from './keys/guest-key';
import { generateIdentityKeys, recertify } from './keys/identity-key';
import { readOwnKey, renewKey, replaceKey, revokeKey, rotateSubkey } from './keys/key-life';
import { withCertifications } from './certifications/merge-certifications';
import { openAnonymous } from './messages/open-anonymous';
import { readCertifications } from './certifications/read-certifications';
import { seal } from './messages/seal';
import { sealAnonymously } from './messages/seal-anonymously';
import { signDetached, verifyDetached } from './messages/detached';
import { splitKeys } from './certifications/split-keys';
import { trustOnion } from './certifications/trust-onion';
import { createCertificationVerifier } from './certifications/verify-certifications';
import { verify } from './messages/verify-signature';

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
    signDetached,
    verifyDetached,
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
    certifyGuestKey,
    cleanSealed: (sealed) => Promise.resolve().then(() => cleanSealed(sealed)),
    close: () => Promise.resolve(),
  };
}
