import { execFile } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Contact } from '../../../shared/contact';
import { Fingerprint, MailAddress } from '../../../shared/ids';
import type { Identity } from '../../../shared/identity';
import { CoreClient } from '../process/core-client';
import { HeadlessNode } from './headless-node';
import { temporaryFolder } from '../process/temporary-folder';

/** A profile on the disk whose one identity knows so many people; `names` are those of its contacts. */
export type TrustProfile = {
  readonly profile: string;
  readonly names: readonly string[];
  readonly people: number;
  /** Address of somebody of the key ring. */ readonly someone: string;
  remove(): void;
};

type RingPerson = {
  readonly address: string;
  readonly fingerprint: string;
  readonly role: 'introducer' | 'marginal-introducer' | 'verified' | 'other';
};
export type TrustProfileStart = { readonly people: number; readonly contacts: number; readonly seed?: number };

const first = [
  'Inês',
  'Tomáš',
  'Rui',
  'Ana',
  'Marta',
  'Judite',
  'Nils',
  'Aoife',
  'Zeynep',
  'Łukasz',
  'Chidi',
  'Mei',
  'Søren',
  'Élodie',
  'Pavel',
  'Yara',
  'Oskar',
  'Hana',
  'Bruno',
  'Ingrid',
  'Teo',
  'Noor',
  'Ewa',
  'Carlos',
  'Lena',
];
const last = [
  'Marques',
  'Dvořák',
  'Costa',
  'Nowak',
  'Lund',
  'Byrne',
  'Aydın',
  'Okafor',
  'Chen',
  'Holm',
  'Petit',
  'Novák',
  'Haddad',
  'Berg',
  'Sato',
  'Ricci',
  'Vogel',
  'Ferreira',
  'Kaya',
  'Moreau',
];

/** A name of a person who does not exist; the first 500 numbers give different ones. */
const nameOf = (number: number): string =>
  `${first[number % first.length] ?? ''} ${last[(number * 7 + Math.floor(number / first.length)) % last.length] ?? ''}`;

/**
 * Makes a profile through the real core: a generated key ring is imported, the nearest of its people are contacts, the
 * user verifies some and names introducers.
 */
export async function makeTrustProfile({
  people: count,
  contacts: named,
  seed = 7,
}: TrustProfileStart): Promise<TrustProfile> {
  const scratch = temporaryFolder('trust-ring');
  const file = join(scratch.path, 'ring.pgp');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [resolve('dist/bench/trust-ring.cjs'), String(count), String(seed), file],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const people = JSON.parse(stdout) as readonly RingPerson[];
  const node = await HeadlessNode.start({ name: 'trust' });
  const core = await CoreClient.connect(node.profile);
  const identity = await core.call('identities.create', { localPart: 'nora', label: '', colour: 'blue' });
  const contacts: Contact[] = [];
  for (const [at, { address }] of people.slice(0, named).entries())
    contacts.push(await core.call('contacts.add', { identityId: identity.id, address, name: nameOf(at) }));
  await core.call('keys.import', { identityId: identity.id, content: readFileSync(file) });
  await verify(
    core,
    identity,
    people
      .filter(({ role }, at) => role !== 'other' && at < named)
      .map((person, at) => ({ person, contact: contacts[at]! })),
  );
  core.close();
  await node.stop();
  rmSync(file);
  return {
    profile: node.profile,
    names: contacts.map(({ name }) => name),
    people: count,
    someone: people[0]?.address ?? '',
    remove: () => {
      node.remove();
      scratch.remove();
    },
  };
}

type Verified = readonly { readonly person: RingPerson; readonly contact: Contact }[];

async function verify(core: CoreClient, { id: identityId }: Identity, verified: Verified): Promise<void> {
  for (const { person, contact } of verified) {
    const { id: contactId, address } = contact;
    if (MailAddress.parse(person.address) !== address)
      throw new Error('The key ring and the address book do not belong together');
    await core.call('contacts.verifyFingerprint', {
      identityId,
      contactId,
      fingerprint: Fingerprint.parse(person.fingerprint),
      certify: { level: 'positive', shared: false },
    });
    if (person.role === 'introducer')
      await core.call('contacts.setIntroducer', { identityId, contactId, introducer: { depth: 2, amount: 'full' } });
    if (person.role === 'marginal-introducer')
      await core.call('contacts.setIntroducer', {
        identityId,
        contactId,
        introducer: { depth: 1, amount: 'marginal' },
      });
  }
}
