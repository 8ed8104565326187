import { ed25519 } from '@noble/curves/ed25519.js';
import type { MailAddress } from '../../../../shared/ids';
import type { IdentityKeys } from '../../ports/keys';
import { generateIdentityKeys } from '../keys/identity-key';
import { onionOf } from '../keys/onion-name';

/** For tests: an identity with everything that makes its keys. */
export type TestIdentity = { readonly seed: Uint8Array; readonly address: MailAddress; readonly keys: IdentityKeys };

/** 2026-05-17T10:20:30Z. */
export const NOW = Date.UTC(2026, 4, 17, 10, 20, 30);
export const DAY = 24 * 60 * 60_000;

/** An onion seed that a test can tell by its number. */
export function seedOf(number: number): Uint8Array {
  return new Uint8Array(32).fill(number);
}

export function addressOf(local: string, seed: Uint8Array): MailAddress {
  return `${local}@${onionOf(ed25519.getPublicKey(seed))}` as MailAddress;
}

export async function makeIdentity(local: string, number: number, now: number = NOW): Promise<TestIdentity> {
  const seed = seedOf(number);
  const address = addressOf(local, seed);
  return { seed, address, keys: await generateIdentityKeys({ address, onionSeed: seed, now }) };
}
