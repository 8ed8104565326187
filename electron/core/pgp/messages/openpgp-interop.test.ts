import { beforeAll, describe, expect, it } from 'vitest';
import '../packets/install-webcrypto-shim';
import * as openpgp from 'openpgp';
import { decrypt } from './decrypt';
import { seal } from './seal';
import { NOW, makeIdentity, type TestIdentity } from '../testing/own-identity';
import { verify } from './verify-signature';

/** Our framing and our CFB against the whole of OpenPGP.js. */
describe('with OpenPGP.js itself', () => {
  let alice: TestIdentity;
  beforeAll(async () => {
    alice = await makeIdentity('alice', 1);
  });

  it.each([0, 1, 100, 70_000, 2_500_000])('opens what we seal: %i octets', async (length) => {
    const content = Uint8Array.from({ length }, (_, index) => (index * 31) % 251);
    const sealed = await seal({
      content,
      secretKey: alice.keys.secretKey,
      recipients: [alice.keys.publicKey],
      now: NOW,
    });
    const opened = await openpgp.decrypt({
      message: await openpgp.readMessage({ armoredMessage: Buffer.from(sealed).toString('latin1') }),
      decryptionKeys: await openpgp.readPrivateKey({ binaryKey: alice.keys.secretKey }),
      verificationKeys: (await openpgp.readKey({ binaryKey: alice.keys.publicKey })).toPublic(),
      expectSigned: true,
      date: new Date(NOW),
      format: 'binary',
    });
    expect(Buffer.compare(opened.data as unknown as Uint8Array, content)).toBe(0);
  });

  it.each([0, 1, 100, 70_000, 2_500_000])('seals what we open and verify: %i octets', async (length) => {
    const binary = Uint8Array.from({ length }, (_, index) => (index * 37) % 253);
    const sealed: unknown = await openpgp.encrypt({
      message: await openpgp.createMessage({ binary }),
      encryptionKeys: (await openpgp.readKey({ binaryKey: alice.keys.publicKey })).toPublic(),
      signingKeys: await openpgp.readPrivateKey({ binaryKey: alice.keys.secretKey }),
      date: new Date(NOW),
    });
    const opened = await decrypt({ sealed: Buffer.from(String(sealed)), secretKey: alice.keys.secretKey });
    if (opened.outcome !== 'decrypted') throw new Error(opened.reason);
    expect(Buffer.compare(opened.content, binary)).toBe(0);
    const check = await verify({ signedMessage: opened.signedMessage, publicKey: alice.keys.publicKey, now: NOW });
    expect(check.outcome).toBe('valid');
  });
});
