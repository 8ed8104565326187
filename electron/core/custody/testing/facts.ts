import type { OnionHost } from '../../../../shared/ids';
import { onionFromSeed } from '../../onion/onion-key';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { HeldEnvelopeFacts } from '../../ports/custody-crypto';

/** For tests: onion seeds, and facts that a sender might tell. */
export const seedOf = (number: number): Uint8Array => new Uint8Array(32).fill(number);
export const onionOf = (number: number): OnionHost => onionFromSeed(seedOf(number)).onion;

export const receipt: CustodyReceipt = {
  holder: onionOf(2),
  client: onionOf(3),
  custodyId: '7f0c2f1e-0000-4000-8000-000000000000' as CustodyReceipt['custodyId'],
  digest: 'ab'.repeat(32),
  at: 1_780_000_000_000,
  until: 1_781_000_000_000,
  signature: 'A'.repeat(86),
};

export const facts = (change: Partial<HeldEnvelopeFacts> = {}): HeldEnvelopeFacts => ({
  sender: `alice@${onionOf(1)}` as HeldEnvelopeFacts['sender'],
  holder: onionOf(2),
  tokenIndex: 7,
  counter: 3,
  outstanding: [{ counter: 2, messageId: `<one@${onionOf(1)}>`, receipts: [receipt] }],
  signature: 'B'.repeat(86),
  ...change,
});
