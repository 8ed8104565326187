import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { Fingerprint, MailAddress } from '../../../../shared/ids';
import { senderStanding } from './sender-standing';

const address = (local: string) => MailAddress.parse(`${local}@${'a'.repeat(56)}.onion`);
const bob = Contact.parse({
  id: crypto.randomUUID(),
  identityId: crypto.randomUUID(),
  address: address('bob'),
  name: '',
  keyState: 'certified',
  fingerprint: 'A'.repeat(40),
  blocked: false,
  sendsReadReceipts: false,
  learnsHolders: false,
  holderCount: 0,
  isPrivate: false,
  addedAt: 1,
  standing: { kind: 'verified', at: 1, way: 'scan' },
});
const contactOf = (text: string) => (text === bob.address ? bob : undefined);

describe('senderStanding', () => {
  it('is what is known of the key of a contact when it signed the message', () => {
    const message = { from: bob.address, introducedBy: [address('alice')], signedBy: bob.fingerprint };
    expect(senderStanding(message, contactOf)).toBe(bob.standing);
    const byAnother = { ...message, signedBy: Fingerprint.parse('B'.repeat(40)) };
    expect(senderStanding(byAnother, contactOf).kind).toBe('earlier-key');
  });

  it('is what was known of a stranger when they wrote', () => {
    expect(senderStanding({ from: address('carol'), introducedBy: [bob.address] }, contactOf)).toEqual({
      kind: 'introduced',
      path: [bob.address],
      others: 0,
    });
    expect(senderStanding({ from: address('carol') }, contactOf)).toEqual({ kind: 'unverified', vouchedBy: [] });
  });
});
