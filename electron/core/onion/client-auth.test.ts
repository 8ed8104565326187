import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeBase32 } from '../domain/base32';
import { authoriseCommand, clientAuthKeys, clientAuthPublicKey } from './client-auth';
import { onionFromSeed } from './onion-key';

const host = onionFromSeed(new Uint8Array(32).fill(7)).onion;
const secret = new Uint8Array(32).fill(9);
const publicKey = clientAuthPublicKey(secret);

test('the public key is that of another implementation, in base32 without padding', () => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), secret]);
  const theirs = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
    format: 'der',
    type: 'spki',
  });
  expect(publicKey).toBe(encodeBase32(theirs.subarray(-32)));
  expect(publicKey).toHaveLength(52);
});

test('each client counts once, whatever its letters', () => {
  expect(clientAuthKeys([publicKey, publicKey.toUpperCase()])).toEqual([publicKey]);
});

test('what is no key is refused and not repeated', () => {
  for (const bad of [
    '',
    'secret words',
    `${publicKey} Port=1`,
    publicKey.slice(1),
    `${publicKey}aa`,
    publicKey.replace(/^./, '1'),
  ]) {
    expect(() => clientAuthKeys([bad])).toThrow(/^A client of an onion service has no proper key$/);
  }
  expect(() => clientAuthPublicKey(new Uint8Array(31))).toThrow(RangeError);
  expect(() => authoriseCommand(host, new Uint8Array(33))).toThrow(RangeError);
});

test('the commands of control-spec', () => {
  expect(authoriseCommand(host, secret)).toBe(
    `ONION_CLIENT_AUTH_ADD ${host.slice(0, 56)} x25519:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=`,
  );
  expect(authoriseCommand(host, undefined)).toBe(`ONION_CLIENT_AUTH_REMOVE ${host.slice(0, 56)}`);
});
