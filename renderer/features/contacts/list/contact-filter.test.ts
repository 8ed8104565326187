import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { MailAddress } from '../../../../shared/ids';
import type { Standing } from '../../../../shared/trust';
import { filterContacts } from './contact-filter';

const contact = (name: string, standing: Standing): Contact =>
  Contact.parse({
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    address: `${name.toLowerCase()}@${'a'.repeat(56)}.onion`,
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

const book = [
  contact('Alice', { kind: 'verified', at: 1, way: 'scan' }),
  contact('Bob', { kind: 'no-key', verified: true }),
  contact('Carol', { kind: 'introduced', path: [MailAddress.parse(`alice@${'a'.repeat(56)}.onion`)], others: 0 }),
  contact('Dave', { kind: 'unverified', vouchedBy: [] }),
  contact('Erin', { kind: 'changed', at: 1, continuity: true, wasVerified: true }),
];

const names = (filter: 'all' | 'verified' | 'introduced' | 'unverified', search = '') =>
  filterContacts(book, { filter, search }).map(({ name }) => name);

describe('filterContacts', () => {
  it('finds a name however it is typed', () => {
    const typed = (search: string) =>
      filterContacts([{ ...book[0]!, name: 'Ægir Łuków' }], { filter: 'all', search }).length;
    expect(['aegir', 'ŁUKOW', 'lukow'.normalize('NFD'), 'Łuków'.normalize('NFD'), 'x'].map(typed)).toEqual([
      1, 1, 1, 1, 0,
    ]);
  });

  it('tells who was verified, who introduced, and who neither', () => {
    expect(names('all')).toHaveLength(5);
    expect(names('verified')).toEqual(['Alice', 'Bob']);
    expect(names('introduced')).toEqual(['Carol']);
    expect(names('unverified')).toEqual(['Dave', 'Erin']);
  });

  it('looks for names and addresses within', () => {
    expect(names('all', ' AL ')).toEqual(['Alice']);
    expect(names('verified', 'dave@')).toEqual([]);
  });
});
