import { describe, expect, it } from 'vitest';
import { Contact } from '../../../../shared/contact';
import { matchingContacts } from './matching-contacts';

const contact = (name: string, local: string): Contact =>
  Contact.parse({
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    address: `${local}@${'a'.repeat(56)}.onion`,
    name,
    keyState: 'none',
    blocked: false,
    sendsReadReceipts: false,
    learnsHolders: false,
    holderCount: 0,
    isPrivate: false,
    standing: { kind: 'unverified', vouchedBy: [] },
    addedAt: 1,
  });
const book = [
  contact('Jacob Bloom', 'jb'),
  contact('Bob Larsen', 'bob'),
  contact('', 'bobby'),
  contact('Carol', 'carol'),
];

describe('matchingContacts', () => {
  it('puts names that begin so before addresses, then words and middles', () => {
    expect(matchingContacts(book, 'b').map((found) => found.name || found.address.split('@')[0])).toEqual([
      'Bob Larsen',
      'bobby',
      'Jacob Bloom',
    ]);
  });

  it.each([
    ['José', 'jose'],
    ['Jose', 'José'],
    ['Łukasz Straßer', 'strasser'],
    ['Jürgen'.normalize('NFD'), 'jür'],
    ['김민수'.normalize('NFD'), '민수'],
    ['İpek', 'ipek'],
    ['Σωκράτης', 'ΣΩΚΡΑΤΗΣ'],
    ['שָׂרָה', 'שרה'],
    ['López, José', 'jose lop'],
    ['José María López', 'lopez jose'],
    ['Anna  Maria', 'anna maria'],
  ])('suggests «%s» when «%s» is typed', (name, typed) => {
    expect(matchingContacts([contact('Bob', 'bob'), contact(name, 'x')], typed).map((found) => found.name)).toEqual([
      name,
    ]);
  });

  it('suggests nobody before anything is typed, and at most six', () => {
    expect(matchingContacts(book, ' ')).toEqual([]);
    expect(
      matchingContacts(
        Array.from({ length: 20 }, (_, index) => contact(`Bob ${index}`, `b${index}`)),
        'bob',
      ),
    ).toHaveLength(6);
  });
});
