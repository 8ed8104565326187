import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { MailAddress } from '../../../../shared/ids';
import { senderStanding } from './sender-standing';

const address = (local: string) => MailAddress.parse(`${local}@${'a'.repeat(56)}.onion`);
const bob = Contact.parse({
  id: crypto.randomUUID(),
  identityId: crypto.randomUUID(),
  address: address('bob'),
  name: '',
  keyState: 'certified',
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
  it('is what is known of a contact now', () => {
    expect(senderStanding({ from: bob.address, introducedBy: [address('alice')] }, contactOf)).toBe(bob.standing);
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
