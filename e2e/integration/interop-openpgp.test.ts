import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { keyServerPort } from '../harness/tor/tor-facing-doors';
import { exchangeMail, exportPassphrase, mailContent, type Exchange } from '../interop/exchange';
import { Gpg } from '../interop/gpg';
import { damaged, sealedPart } from '../interop/sealed-part';
import { Thunderbird } from '../interop/thunderbird';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await exchangeMail(inject('tornet').torrc);
});
afterAll(() => exchange.stop());

describe('GnuPG with exported keys', () => {
  /** Alice's friend, who knows her address; and Bob, who leaves Posthorn. */
  let friend: Gpg;
  let bob: Gpg;
  let certifier = '';

  beforeAll(async () => {
    [friend, bob] = [Gpg.open(), Gpg.open()];
    await friend.run(['--import'], exchange.alice.certifyingKey);
    await friend.run(['--import'], exchange.alice.publicKey);
    await bob.run(['--import'], exchange.alice.publicKey);
    await bob.run(['--passphrase', exportPassphrase, '--import'], exchange.bob.secretKey);
    certifier = keyIdOf(await friend.run(['--with-colons', '--list-keys', `=${exchange.alice.onion}`]));
  });
  afterAll(() => Promise.all([friend.remove(), bob.remove()]));

  it('lists the onion certification as good', async () => {
    expect(await friend.run(['--check-sigs', exchange.alice.fingerprint])).toMatch(
      new RegExp(`^sig!3 +${certifier} .* ${onionName()}$`, 'mu'),
    );
    expect(await friend.run(['--with-colons', '--check-sigs', exchange.alice.fingerprint])).toMatch(
      new RegExp(`^sig:!::22:${certifier}:.*:13x:`, 'mu'),
    );
  });

  it('lists a forged onion certification as bad', async () => {
    const gpg = Gpg.open();
    try {
      const { stdout: block } = await friend.try(['--dearmor'], exchange.alice.publicKey);
      // Past the issuer of the certification come its left 16 bits and its numbers.
      const at = block.lastIndexOf(Buffer.from(certifier, 'hex')) + 20;
      block[at]! ^= 1;
      await gpg.run(['--import'], exchange.alice.certifyingKey);
      await gpg.run(['--import'], block);
      const listed = await gpg.run(['--with-colons', '--check-sigs', exchange.alice.fingerprint]);
      expect(listed).toMatch(new RegExp(`^sig:-::22:${certifier}:`, 'mu'));
      expect(listed).not.toMatch(new RegExp(`^sig:!::22:${certifier}:`, 'mu'));
    } finally {
      await gpg.remove();
    }
  });

  it('opens and verifies a received mail with Bob’s key', async () => {
    const { status, stdout, stderr } = await bob.try(
      ['--passphrase', exportPassphrase, '--decrypt'],
      sealedPart(exchange.received),
    );
    expect(stderr).toContain(`Good signature from "<${exchange.alice.address}>"`);
    expect(stderr).toContain(exchange.alice.fingerprint);
    expect(stderr).not.toContain('not integrity protected');
    expect(status).toBe(0);
    expect(stdout.toString()).toMatch(/^HP-Outer: Subject: \[\.\.\.\]\r$/mu);
    expect(stdout.toString()).toContain('this is for your eyes only.');
  });

  it('opens and verifies what is in Alice’s Sent with Alice’s key', async () => {
    await friend.run(['--passphrase', exportPassphrase, '--import'], exchange.alice.secretKey);
    const { status, stderr } = await friend.try(
      ['--passphrase', exportPassphrase, '--decrypt'],
      sealedPart(exchange.sent),
    );
    expect(stderr).toContain(`Good signature from "<${exchange.alice.address}>"`);
    expect(status).toBe(0);
  });

  it('opens nothing with the wrong passphrase, nor a damaged mail', async () => {
    const thief = Gpg.open();
    try {
      await thief.run(['--passphrase', 'guessed', '--import'], exchange.bob.secretKey);
      const { status, stdout, stderr } = await thief.try(
        ['--passphrase', 'guessed', '--decrypt'],
        sealedPart(exchange.received),
      );
      expect(stderr).toContain('Bad passphrase');
      expect(stdout.byteLength).toBe(0);
      expect(status).not.toBe(0);
    } finally {
      await thief.remove();
    }
    const { status, stderr } = await bob.try(
      ['--passphrase', exportPassphrase, '--decrypt'],
      sealedPart(damaged(exchange.received)),
    );
    expect(stderr).not.toContain('Good signature');
    expect(status).not.toBe(0);
  });

  it('fetches the key with its certification from the key server of the running program', async () => {
    const gpg = Gpg.open();
    try {
      const server = [
        '--keyserver',
        `hkp://127.0.0.1:${await keyServerPort(exchange.alice.node.pid!, exchange.alice.address)}`,
        '--keyserver-options',
        'no-self-sigs-only',
      ];
      await gpg.run(['--import'], exchange.alice.certifyingKey);
      const found = await gpg.try([...server, '--with-colons', '--search-keys', exchange.alice.address]);
      expect(found.stdout.toString()).toContain(`pub:${exchange.alice.fingerprint}:`);
      await gpg.run([...server, '--recv-keys', exchange.alice.fingerprint]);
      expect(await gpg.run(['--check-sigs', exchange.alice.fingerprint])).toMatch(
        new RegExp(`^sig!3 +${certifier} `, 'mu'),
      );
    } finally {
      await gpg.remove();
    }
  });

  function onionName(): string {
    return exchange.alice.onion.replaceAll('.', '\\.');
  }
});

describe('Thunderbird with exported keys', () => {
  let thunderbird: Thunderbird;

  beforeAll(async () => {
    thunderbird = await Thunderbird.start(exchange.bob.address);
  });
  afterAll(() => thunderbird.stop());

  it('shows nothing of a mail without the key', async () => {
    expect(await thunderbird.open(exchange.received)).toMatchObject({
      subject: '[...]',
      text: '',
      encrypted: 'notok',
      signed: 'none',
    });
  });

  it('imports the secret key with its passphrase alone', async () => {
    const { secretKey: block, fingerprint } = exchange.bob;
    expect(await thunderbird.importSecretKey({ block, fingerprint, passphrase: 'guessed' })).toMatchObject({
      imported: [],
    });
    const imported = await thunderbird.importSecretKey({ block, fingerprint, passphrase: exportPassphrase });
    expect(imported).toEqual({ imported: [`0x${fingerprint.slice(-16)}`], error: '' });
  });

  it('opens a mail, and vouches for nobody whose key is not accepted', async () => {
    expect(await thunderbird.open(exchange.received)).toMatchObject({
      subject: mailContent.subject,
      encrypted: 'ok',
      signed: 'unknown',
    });
  });

  it('opens and verifies a mail and shows the protected subject', async () => {
    const { publicKey, fingerprint, address } = exchange.alice;
    expect(await thunderbird.importPublicKey(publicKey, 'verified')).toEqual({
      imported: [`0x${fingerprint.slice(-16)}`],
      error: '',
    });
    expect(await thunderbird.open(exchange.received, { picture: 'thunderbird-message' })).toEqual({
      subject: mailContent.subject,
      from: address,
      text: mailContent.text,
      encrypted: 'ok',
      signed: 'verified',
      explained: 'This message includes a valid digital signature from a verified key.',
    });
  });

  it('shows no seal and no text of a damaged mail', async () => {
    expect(await thunderbird.open(damaged(exchange.received))).toMatchObject({
      subject: '[...]',
      text: '',
      encrypted: 'none',
      signed: 'none',
    });
  });
});

/** The key's long id, from gpg's colon listing. */
function keyIdOf(listing: string): string {
  return /^pub:[^:]*:[^:]*:[^:]*:([0-9A-F]{16}):/mu.exec(listing)![1]!;
}
