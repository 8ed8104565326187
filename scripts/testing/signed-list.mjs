/** Makes what the Tor Project publishes with each bundle: a signing key, a list of sums, its signature. */
import { createMessage, generateKey, readPrivateKey, sign } from 'openpgp';

export const day = 24 * 60 * 60 * 1000;
export const now = new Date('2026-11-30T12:00:00Z');
/** When every key here was made. */
export const made = new Date(now.getTime() - 400 * day);
export const sums = {
  'linux-x86_64': 'a'.repeat(64),
  'macos-x86_64': 'b'.repeat(64),
  'windows-x86_64': 'c'.repeat(64),
};

/** Like the Tor Project's: a primary key that only certifies, and subkeys that sign; the second one ends early. */
export async function newSigningKey(name) {
  const { privateKey } = await generateKey({
    userIDs: [{ name }],
    type: 'ecc',
    date: made,
    subkeys: [{ sign: true }, { sign: true, keyExpirationTime: (100 * day) / 1000 }],
    format: 'object',
  });
  return privateKey;
}

/** The same key in objects of its own, so that a test can change it. */
export function reread(key) {
  return readPrivateKey({ binaryKey: key.write() });
}

export function listOf(version, names = Object.keys(sums)) {
  const lines = names.map((name) => `${sums[name] ?? 'd'.repeat(64)}  tor-expert-bundle-${name}-${version}.tar.gz`);
  return `${[`${'e'.repeat(64)}  tor-browser-linux-x86_64-${version}.tar.xz`, ...lines].join('\n')}\n`;
}

/** Signs a text, armored, with one subkey. */
export async function signList(text, { key, subkey = 0, date = new Date(now.getTime() - day) }) {
  const message = await createMessage({ binary: Buffer.from(text) });
  const signingKeyIDs = [key.subkeys[subkey].getKeyID()];
  return sign({ message, signingKeys: key, signingKeyIDs, detached: true, format: 'armored', date });
}
