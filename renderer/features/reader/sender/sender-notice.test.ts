import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { senderNotice } from './sender-notice';

const address = `bob@${'a'.repeat(56)}.onion`;
const notice = (change: object) => {
  const bob = {
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    address,
    name: 'Bob',
    keyState: 'certified',
    blocked: false,
    sendsReadReceipts: false,
    learnsHolders: false,
    holderCount: 0,
    isPrivate: false,
    addedAt: 1,
    standing: { kind: 'unverified', vouchedBy: [] },
    ...change,
  };
  return senderNotice(Contact.parse(bob), () => 'Bob');
};
const move = { moveNotice: { to: `bob@${'b'.repeat(56)}.onion`, at: 1 } };

describe('senderNotice', () => {
  it('is silent when nothing waits for an answer', () => {
    expect(notice({})).toBeUndefined();
    expect(notice({ standing: { kind: 'verified', at: 1, way: 'scan' }, scannedYouAt: 1 })).toBeUndefined();
  });

  it('puts a doubtful key before everything else', () => {
    expect(notice({ standing: { kind: 'mismatch' }, ...move })).toMatchObject({ tone: 'danger', title: 'Wrong key' });
    expect(notice({ standing: { kind: 'changed', at: 1, continuity: true, wasVerified: true } })?.tone).toBe('warning');
  });

  it('tells of a move and of a scan', () => {
    expect(notice({ ...move, scannedYouAt: 1 })?.title).toBe('Bob says that they have moved');
    expect(notice({ scannedYouAt: 1 })?.title).toBe('Bob has scanned your code');
  });
});
