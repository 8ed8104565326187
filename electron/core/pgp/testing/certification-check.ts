import { createOpenpgpEngine } from '../openpgp-engine';
import { DAY, NOW, makeIdentity } from './own-identity';

/**
 * For tests: certifies, reads, verifies and revokes once, and says how it went; for runtimes that have no test runner.
 */
export async function certificationCheck(): Promise<boolean[]> {
  const pgp = createOpenpgpEngine();
  const [alice, bob] = await Promise.all([makeIdentity('alice', 1), makeIdentity('bob', 2)]);
  const by = { secretKey: alice.keys.secretKey, subject: bob.keys.publicKey, exportable: true };
  const made = await pgp.certify({ ...by, level: 'positive', trust: { depth: 1, amount: 'full' }, now: NOW });
  const taken = await pgp.revokeCertification({ ...by, now: NOW + DAY });
  const block = await pgp.withCertifications({ block: bob.keys.publicKey, bodies: [made.body, taken.body] });
  const { certifications } = await pgp.readCertifications({ block });
  const [damaged] = certifications.map(({ body }) =>
    body.map((octet, at) => (at === body.length - 1 ? octet ^ 1 : octet)),
  );
  const bodies = [...certifications.map(({ body }) => body), ...(damaged === undefined ? [] : [damaged])];
  return pgp.verifyCertifications({
    checks: bodies.map((body) => ({ body, subject: bob.keys.publicKey, issuer: alice.keys.publicKey })),
  });
}
