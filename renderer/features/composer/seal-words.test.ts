import { describe, expect, it } from 'vitest';
import { Contact } from '../../../shared/contact';
import { sealSummary } from './seal-words';

const host = `${'a'.repeat(56)}.onion`;
const contact = (local: string, keyState: string, name = ''): Contact =>
  Contact.parse({
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    address: `${local}@${host}`,
    name,
    keyState,
    blocked: false,
    addedAt: 1,
  });
const bob = contact('bob', 'certified', 'Bob Larsen');
const dave = contact('dave', 'none');
const carol = contact('carol', 'revoked', 'Carol');
const book = [bob, dave, carol];

describe('sealSummary', () => {
  it('says nothing without recipients', () => {
    expect(sealSummary([], book)).toBeUndefined();
  });

  it('names the keys at hand', () => {
    expect(sealSummary([bob.address], book)).toEqual({ state: 'sealed', sentence: 'Will be sealed to Bob Larsen’s key.' });
  });

  it('tells of keys that come first, of strangers too', () => {
    expect(sealSummary([dave.address], book)?.sentence).toBe('Will be sealed. dave’s key will be fetched from their onion and checked first.');
    expect(sealSummary([bob.address, `eve@${host}`], book)).toMatchObject({ state: 'fetch' });
  });

  it('puts trouble first', () => {
    expect(sealSummary([bob.address, carol.address], book)?.state).toBe('trouble');
  });
});
