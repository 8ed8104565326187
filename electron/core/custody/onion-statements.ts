import { ed25519 } from '@noble/curves/ed25519.js';
import type { CustodyCrypto } from '../ports/custody-crypto';
import { readOnionPublicKey, type OnionPublicKey } from './onion-public-key';

/** 64 octets in base64url without padding. */
const SIGNATURE = /^[A-Za-z0-9_-]{86}$/;
/** Names that are remembered with their keys; reading one takes a millisecond, and peers choose them. */
const KNOWN_KEYS = 500;

/**
 * An onion statement: `text`, which begins with its own purpose, signed with the onion's key; base64url (PROTOCOL.md
 * 10).
 */
export function signStatement({ seed, text }: { readonly seed: Uint8Array; readonly text: string }): string {
  return Buffer.from(ed25519.sign(Buffer.from(text, 'utf8'), seed)).toString('base64url');
}

/** Checks statements from the onion's name alone; never throws. The last names are remembered. */
export function createStatementCheck(): CustodyCrypto['verify'] {
  const known = new Map<string, OnionPublicKey | undefined>();

  function keyOf(onion: string): OnionPublicKey | undefined {
    if (known.has(onion)) return known.get(onion);
    const key = readOnionPublicKey(onion);
    const oldest = known.size >= KNOWN_KEYS ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    known.set(onion, key);
    return key;
  }

  return ({ onion, text, signature }) => {
    const octets = readSignature(signature);
    return octets !== undefined && keyOf(onion)?.hasSigned(Buffer.from(text, 'utf8'), octets) === true;
  };
}

/** One spelling alone: the last letter has bits to spare, and a second spelling would be a second receipt. */
function readSignature(text: string): Uint8Array | undefined {
  if (!SIGNATURE.test(text)) return undefined;
  const octets = Buffer.from(text, 'base64url');
  return octets.toString('base64url') === text ? octets : undefined;
}
