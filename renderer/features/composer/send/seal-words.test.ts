import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { sealSummary } from './seal-words';

const host = `${'a'.repeat(56)}.onion`;
const contact = (local: string, standing: object, name = ''): Contact =>
  Contact.parse({
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    address: `${local}@${host}`,
    name,
    keyState: 'certified',
    blocked: false,
    sendsReadReceipts: false,
    learnsHolders: false,
    holderCount: 0,
    isPrivate: false,
    addedAt: 1,
    standing,
  });
const bob = contact('bob', { kind: 'verified', at: 1, way: 'scan' }, 'Bob Larsen');
const ines = contact('ines', { kind: 'introduced', path: [bob.address], others: 0 }, 'Inês');
const rui = contact('rui', { kind: 'unverified', vouchedBy: [] });
const dave = contact('dave', { kind: 'no-key', verified: false });
const carol = contact('carol', { kind: 'revoked' }, 'Carol');
const book = [bob, ines, rui, dave, carol];
const sentence = (...people: readonly Contact[]) =>
  sealSummary(
    people.map(({ address }) => address),
    book,
  )?.sentence;

describe('sealSummary', () => {
  it('says nothing without recipients', () => {
    expect(sealSummary([], book)).toBeUndefined();
  });

  it('names the keys at hand and what they are worth', () => {
    expect(sealSummary([bob.address], book)).toEqual({
      state: 'sealed',
      sentence: 'Will be sealed to Bob Larsen’s key. You have verified them.',
    });
    expect(sentence(rui, bob)).toBe('Will be sealed to rui’s and Bob Larsen’s keys. You have not verified rui yet.');
    expect(sentence(ines, bob)).toBe('Will be sealed to Inês’s and Bob Larsen’s keys.');
  });

  it('tells of keys that come first, of strangers too', () => {
    expect(sentence(dave)).toBe(
      'Will be sealed. dave’s key will be fetched from their onion and checked first. You have not verified dave yet.',
    );
    expect(sealSummary([bob.address, `eve@${host}`], book)).toMatchObject({ state: 'fetch' });
  });

  it('puts trouble first', () => {
    const summary = sealSummary([bob.address, carol.address], book);
    expect(summary?.state).toBe('trouble');
    expect(summary?.sentence).toMatch(/^Carol: They have declared/u);
  });
});
