import { devicePorts } from '../programs/device';
import type { GuestKeyProblem } from './guest-key';
import type { NewGuest } from './guest';

/** Everything that a guest enters in their mail program, a line each. Secret. */
export function guestText({ guest: { address }, password }: NewGuest): string {
  return [
    `Address: ${address}`,
    `Server: ${address.split('@')[1] ?? ''}`,
    `IMAP port: ${String(devicePorts.imap)}`,
    `SMTP port: ${String(devicePorts.submission)}`,
    'Security: none (Tor encrypts)',
    `User name: ${address}`,
    `Password: ${password}`,
  ].join('\n');
}

/** What is wrong with a key, and how it is put right. */
export const guestKeyProblems: Readonly<Record<GuestKeyProblem, string>> = {
  unreadable: 'There is no OpenPGP key in it, or a damaged one.',
  'secret-key': 'This is the secret key, which is for the guest alone. Ask for the public key.',
  'several-keys': 'There are several keys in it. Export the one for this address alone.',
  'several-names': 'The key has several names or a picture. It needs one for this address alone.',
  'other-address': 'The key is for another address.',
  'kind-not-supported': 'Keys of this kind are not taken: make one with Ed25519, or RSA of 3072 bits or more.',
  'weak-hash': 'The key is signed with a hash that is too weak. Make a new one with a newer program.',
  expired: 'The key has expired. Give it a later end, or make a new one.',
  revoked: 'The key is revoked. Make a new one.',
  'from-the-future': 'The key is dated later than the clock of this computer.',
  'cannot-sign': 'The key cannot sign.',
  'cannot-encrypt': 'Nothing can be encrypted to the key.',
};
