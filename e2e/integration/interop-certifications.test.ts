import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Contact } from '../../shared/contact';
import { Person } from '../harness/people/person';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { Gpg } from '../interop/gpg';
import { inspectWithSequoia, listWithRnp } from '../interop/openpgp-programs';

const passphrase = 'a passphrase for other programs';
const folder = temporaryFolder('certifications');

let alice: Person;
let bob: Person;
let carol: Person;
/** Bob and Carol in Alice's address book: Bob verified for herself and an introducer, Carol for everybody to see. */
let bobAtAlice: Contact;
let carolAtAlice: Contact;

beforeAll(async () => {
  const { torrc } = inject('tornet');
  const start = (name: string): Promise<Person> => Person.start({ name, torrc, localParts: [name] });
  [alice, bob, carol] = await Promise.all([start('alice'), start('bob'), start('carol')]);
  [bobAtAlice, carolAtAlice] = await Promise.all([verified(bob, false), verified(carol, true)]);
  await alice.core.call('contacts.setIntroducer', {
    ...atAlice(),
    contactId: bobAtAlice.id,
    introducer: { depth: 1, amount: 'full' },
  });
});
afterAll(async () => {
  await Promise.all([alice.end(), bob.end(), carol.end()]);
  folder.remove();
});

function atAlice(): { identityId: Person['identity']['id'] } {
  return { identityId: alice.identity.id };
}

/** Alice scans their screen; resolves when their key has come over tor and is certified. */
async function verified(whom: Person, shared: boolean): Promise<Contact> {
  const { uri } = await whom.core.call('cards.own', { identityId: whom.identity.id, withCode: false });
  const { id } = await alice.core.call('contacts.verifyCard', {
    ...atAlice(),
    text: uri,
    certify: { level: 'positive', shared },
  });
  return alice.core.event(
    (event) =>
      event.type === 'contact.changed' && event.contact.id === id && event.contact.standing.kind === 'verified'
        ? event.contact
        : undefined,
    {
      what: 'the scanned key to be certified',
    },
  );
}

function keyIdOf(person: Person): string {
  return fingerprintOf(person).slice(-16);
}

function fingerprintOf(person: Person): string {
  return person.identity.fingerprint;
}

async function exported(withLocal: boolean): Promise<string> {
  return (await alice.core.call('keys.export', { ...atAlice(), withLocal })).keys;
}

/** A key ring of GnuPG with a person's own secret key in it. */
async function gpgOf(person: Person): Promise<Gpg> {
  const gpg = Gpg.open();
  const { key } = await person.core.call('identities.exportSecretKey', { identityId: person.identity.id, passphrase });
  await gpg.run(['--passphrase', passphrase, '--import'], key);
  return gpg;
}

describe('what Alice has certified', () => {
  it('is listed good by GnuPG: local, shared, introducer', async () => {
    const gpg = await gpgOf(alice);
    try {
      await gpg.run(['--import-options', 'import-local-sigs', '--import'], await exported(true));
      expect(await gpg.run(['--check-sigs', fingerprintOf(bob)])).toMatch(
        new RegExp(`^sig!3 L +1 +${keyIdOf(alice)} `, 'mu'),
      );
      expect(await gpg.run(['--check-sigs', fingerprintOf(carol)])).toMatch(
        new RegExp(`^sig!3 +${keyIdOf(alice)} `, 'mu'),
      );
    } finally {
      await gpg.remove();
    }
  });

  it('tells others only of whom she shares', async () => {
    const shown = await inspectWithSequoia(folder.path, await exported(false));
    expect(shown.match(new RegExp(`Alleged certifier: ${fingerprintOf(alice)}`, 'gu'))).toHaveLength(1);
    const withLocal = await inspectWithSequoia(folder.path, await exported(true));
    expect(withLocal.match(new RegExp(`Alleged certifier: ${fingerprintOf(alice)}`, 'gu'))?.length).toBeGreaterThan(1);
    expect(withLocal).toContain('Trust depth: 1');
  });

  it('is verified by the library in Thunderbird', async () => {
    const { key } = await alice.core.call('identities.exportPublicKey', atAlice());
    const listing = await listWithRnp(folder.path, [key, await exported(true)]);
    const byAlice = new RegExp(
      `^sig +${keyIdOf(alice).toLowerCase()} [-0-9]+ <${alice.identity.address.replaceAll('.', '\\.')}>$`,
      'gmu',
    );
    // Her own User ID and subkey, Bob and Carol.
    expect(listing.match(byAlice)?.length).toBeGreaterThanOrEqual(4);
    expect(listing).not.toContain('[invalid]');
  });
});

describe('what Alice exports for GnuPG', () => {
  it('makes it believe her contacts by their onions, and her introducer', async () => {
    const gpg = await gpgOf(alice);
    try {
      const { keys, ownertrust } = await alice.core.call('keys.exportForGnupg', atAlice());
      // Nobody but the onion itself could sign the onion's key; its name says already which it is.
      await gpg.run(['--allow-non-selfsigned-uid', '--import-options', 'import-local-sigs', '--import'], keys);
      await gpg.run(['--import-ownertrust'], ownertrust);
      await gpg.run(['--check-trustdb']);
      for (const person of [bob, carol]) {
        expect(await gpg.run(['--with-colons', '--list-keys', fingerprintOf(person)])).toMatch(/^uid:f:/mu);
        const onion = person.identity.address.split('@')[1] ?? '';
        expect(await gpg.run(['--check-sigs', `=${onion}`])).toMatch(
          new RegExp(`^sig!3 L +1 +${keyIdOf(alice)} `, 'mu'),
        );
      }
    } finally {
      await gpg.remove();
    }
  });
});

describe('what GnuPG has certified', () => {
  it('counts here: Bob vouches for Carol from his own GnuPG', async () => {
    const gpg = await gpgOf(bob);
    try {
      await gpg.run(['--import'], await exported(false));
      const certify = [
        '--passphrase',
        passphrase,
        '--local-user',
        fingerprintOf(bob),
        '--default-cert-level',
        '3',
        '--default-cert-expire',
        '1y',
      ];
      await gpg.run([...certify, '--quick-sign-key', fingerprintOf(carol)]);
      const content = Buffer.from(await gpg.run(['--armor', '--export', fingerprintOf(carol)]));
      const taken = await alice.core.call('keys.import', { ...atAlice(), content });
      expect(taken).toMatchObject({ keys: 1, certifications: 1 });
      const vouchers = await alice.core.call('contacts.vouchers', { ...atAlice(), contactId: carolAtAlice.id });
      const byBob = vouchers.find(({ fingerprint }) => fingerprint === fingerprintOf(bob));
      expect(byBob).toMatchObject({ address: bob.identity.address, level: 'positive', shared: true, state: 'good' });
      expect(byBob?.expiresAt).toBeGreaterThan(Date.now() + 300 * 24 * 60 * 60_000);
    } finally {
      await gpg.remove();
    }
  });
});
