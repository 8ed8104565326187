import { createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { certify } from '../../electron/core/pgp/certifications/certify';
import { generateIdentityKeys } from '../../electron/core/pgp/keys/identity-key';
import { withCertifications } from '../../electron/core/pgp/certifications/merge-certifications';
import { onionOf } from '../../electron/core/pgp/keys/onion-name';
import type { IdentityKeys } from '../../electron/core/ports/keys';
import type { MailAddress } from '../../shared/ids';
import type { PlannedPerson, RingPlan } from './ring-plan';

/** A key ring as one binary file for `keys.import`, and who is in it. */
export type MadeRing = {
  readonly content: Uint8Array;
  readonly people: readonly {
    readonly address: MailAddress;
    readonly fingerprint: string;
    readonly role: PlannedPerson['role'];
  }[];
};

type MadePerson = { readonly address: MailAddress; readonly keys: IdentityKeys };

/**
 * Real identities with real keys, onion certifications and certifications between them. The addresses follow from the
 * seed; the OpenPGP keys are random.
 */
export async function makeRing({ people: planned, vouchings }: RingPlan, seed: number, now: number): Promise<MadeRing> {
  const people: MadePerson[] = [];
  for (const [at, { localPart }] of planned.entries()) people.push(await makePerson({ localPart, at, seed, now }));
  const bodies = people.map((): Uint8Array[] => []);
  for (const { from, to, introducer } of vouchings) {
    const [issuer, subject] = [people[from], people[to]];
    if (issuer === undefined || subject === undefined) throw new RangeError('The plan names somebody who is not in it');
    const { secretKey } = issuer.keys;
    const trust = introducer ? { trust: { depth: 1, amount: 'full' as const } } : {};
    const { body } = await certify({
      secretKey,
      subject: subject.keys.publicKey,
      level: 'positive',
      exportable: true,
      now,
      ...trust,
    });
    bodies[to]?.push(body);
  }
  const blocks = people.map(({ keys }, at) => withCertifications({ block: keys.publicKey, bodies: bodies[at] ?? [] }));
  return {
    content: Buffer.concat(blocks),
    people: people.map(({ address, keys }, at) => ({
      address,
      fingerprint: keys.fingerprint,
      role: planned[at]?.role ?? 'other',
    })),
  };
}

async function makePerson({
  localPart,
  at,
  seed,
  now,
}: {
  localPart: string;
  at: number;
  seed: number;
  now: number;
}): Promise<MadePerson> {
  const onionSeed = createHash('sha256').update(`${seed}/${at}`).digest();
  const address = `${localPart}@${onionOf(ed25519.getPublicKey(onionSeed))}` as MailAddress;
  return { address, keys: await generateIdentityKeys({ address, onionSeed, now }) };
}
