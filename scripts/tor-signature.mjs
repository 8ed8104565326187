/** Decides whether the Tor Project signed a list of sums. The trust lies in one primary key's fingerprint. */
import { createMessage, readKey, readKeys, readSignature, verify } from 'openpgp';
import { SetUpError } from './terminal.mjs';

/** The signature is by a subkey that this copy of the key does not have: a newer copy may. */
export class KeyTooOldError extends SetUpError {}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Reads public keys, armored or not, and takes the one with the pinned primary key.
 * @param {Uint8Array} content
 * @param {string} primary fingerprint in hexadecimal
 * @throws {SetUpError} when there is none of that fingerprint
 */
export async function readPinnedKey(content, primary) {
  const keys = await readAny(content);
  const key = keys.find((each) => each.getFingerprint().toUpperCase() === primary.toUpperCase());
  if (key !== undefined) return key;
  throw new SetUpError(`this is not the key that signs Tor's bundles: its fingerprint is not ${primary}`);
}

async function readAny(content) {
  const text = Buffer.from(content).toString('latin1');
  try {
    return text.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----')
      ? await readKeys({ armoredKeys: text })
      : [await readKey({ binaryKey: content })];
  } catch {
    throw new SetUpError('this is no OpenPGP key');
  }
}

/**
 * Checks a detached signature: made by a subkey of `key` that can sign, is bound to it in both directions, was not
 * expired when it signed, and was never revoked.
 * @param {{content: Uint8Array, signature: Uint8Array, key: import('openpgp').Key, now?: Date}} options
 * @returns {Promise<{date: Date, subkey: string}>} when and by which subkey it was made
 * @throws {KeyTooOldError} when the key has no such subkey
 * @throws {SetUpError} when the signature does not count; the message says why
 */
export async function checkSignature({ content, signature, key, now = new Date() }) {
  const parsed = await readAnySignature(signature);
  const [packet] = parsed.packets;
  const { created, issuerKeyID } = packet;
  if (created > new Date(now.getTime() + dayMs)) refuse('is dated in the future');
  const subkey = await signerOf(key, { issuerKeyID, created });
  const message = await createMessage({ binary: new Uint8Array(content) });
  // Time counts at the moment of signing: a subkey that has expired since has signed validly.
  const { signatures } = await verify({ message, signature: parsed, verificationKeys: key, date: created });
  if (signatures.length !== 1) refuse('is not one signature alone');
  await signatures[0].verified.catch(() => refuse('does not belong to the list: one of the two was altered'));
  return { date: created, subkey: subkey.getFingerprint().toUpperCase() };
}

async function readAnySignature(signature) {
  const text = Buffer.from(signature).toString('latin1');
  const parsed = await (
    text.includes('-----BEGIN PGP SIGNATURE-----')
      ? readSignature({ armoredSignature: text })
      : readSignature({ binarySignature: new Uint8Array(signature) })
  ).catch(() => refuse('cannot be read'));
  if (parsed.packets.length !== 1) refuse('is not one signature alone');
  return parsed;
}

async function signerOf(key, { issuerKeyID, created }) {
  const subkey = key.subkeys.find((each) => each.getKeyID().equals(issuerKeyID));
  if (subkey === undefined)
    throw new KeyTooOldError(
      `this key has no subkey that made the signature (${issuerKeyID.toHex().toUpperCase()}); fetch the newer key`,
    );
  // A revocation counts from whenever it is: a thief of a subkey chooses the date of what he signs.
  if (await key.isRevoked()) refuse('is by a key that was revoked');
  if (await subkey.isRevoked()) refuse('is by a subkey that was revoked');
  await checkValid(key.verifyPrimaryKey(created), 'is by a key that was not valid when it was made');
  const binding = await subkey
    .verify(created)
    .catch(() => refuse('is by a subkey that was not valid when it was made'));
  if (binding.embeddedSignature === undefined || binding.embeddedSignature === null)
    refuse('is by a subkey that does not confirm the key it claims to belong to');
  const expiry = await subkey.getExpirationTime(created);
  if (expiry instanceof Date && expiry <= created) refuse('is by a subkey that had expired before');
  return subkey;
}

async function checkValid(check, text) {
  await check.catch(() => refuse(text));
}

function refuse(text) {
  throw new SetUpError(`the signature of the list ${text}. Nothing was changed.`);
}
