import { describe, expect, it } from 'vitest';
import type { CardReading } from '../../../../shared/card';
import type { Fingerprint } from '../../../../shared/ids';
import { addressOf, contactId, makeContact } from '../../../testing/sample-mail';
import { MOST_IN_BATCH, MOST_PICTURE_OCTETS, MOST_TEXT_OCTETS } from '../codes/limits';
import { changed, isWaiting, withCard } from './batch';
import type { BatchRow } from './batch';
import { inputOfFile } from './card-input';
import { isWarning } from './is-warning';

const readingOf = (name: string): CardReading => ({ outcome: 'new', address: addressOf(name), name });
const lookAlike = { contactId: contactId(1), differs: [3] };
const differing = {
  outcome: 'other-key',
  contactId: contactId(1),
  address: addressOf('bob'),
  cardFingerprint: 'A'.repeat(40) as Fingerprint,
  knownFingerprint: 'B'.repeat(40) as Fingerprint,
} as const;
const refused: CardReading = { outcome: 'refused', problem: 'not-a-card' };

/** A batch into which these cards were read, one after the other. */
const batchOf = (...cards: readonly (readonly [text: string, reading: CardReading])[]): readonly BatchRow[] =>
  cards.reduce<readonly BatchRow[]>(
    (rows, [text, reading], index) => withCard(rows, { id: `${index}`, text, reading }),
    [],
  );

describe('a batch of cards', () => {
  it('holds each person once, also with a fresh one-time code', () => {
    const rows = batchOf(['bob 1', readingOf('bob')], ['carol', readingOf('carol')], ['bob 2', readingOf('bob')]);
    expect(rows.map(({ text }) => text)).toEqual(['bob 1', 'carol']);
  });

  it('tells codes that name nobody apart by their text', () => {
    expect(batchOf(['a', refused], ['b', refused], ['a', refused])).toHaveLength(2);
  });

  it('brings a removed person back when they are scanned again', () => {
    const removed = changed(batchOf(['bob', readingOf('bob')]), '0', { removed: true });
    expect(withCard(removed, { id: '9', text: 'bob', reading: readingOf('bob') })).toMatchObject([
      { id: '0', removed: false },
    ]);
  });

  it('is no flood: it has an end', () => {
    const many = Array.from({ length: MOST_IN_BATCH + 5 }, (_, index) => [`code ${index}`, refused] as const);
    expect(batchOf(...many)).toHaveLength(MOST_IN_BATCH);
  });
});

describe('«Verify all»', () => {
  const waits = (reading: CardReading, change: Partial<BatchRow> = {}): boolean =>
    isWaiting({ id: '', text: '', reading, removed: false, verified: false, ...change });
  const match = {
    outcome: 'match',
    contactId: contactId(1),
    address: addressOf('bob'),
    alreadyVerified: false,
  } as const;

  it('vouches for new people and for contacts that are not verified yet', () => {
    expect(waits(readingOf('bob'))).toBe(true);
    expect(waits(match)).toBe(true);
    expect(waits({ ...match, alreadyVerified: true })).toBe(false);
  });

  it('never vouches for an address that imitates a contact’s, nor for a card with another key', () => {
    expect(waits({ ...readingOf('bob'), lookAlike } as CardReading)).toBe(false);
    expect(waits(differing)).toBe(false);
    expect(waits(refused)).toBe(false);
  });

  it('leaves out who was removed or is verified', () => {
    expect(waits(readingOf('bob'), { removed: true })).toBe(false);
    expect(waits(readingOf('bob'), { verified: true })).toBe(false);
  });
});

describe('a warning', () => {
  const warns = (reading: CardReading): boolean => isWarning({ kind: 'read', text: '', reading });

  it('is given for another key, another address and for an imitation', () => {
    expect(warns(differing)).toBe(true);
    expect(warns({ outcome: 'other-address', expected: contactId(1), address: addressOf('bob'), differs: [1] })).toBe(
      true,
    );
    expect(warns({ ...refused, lookAlike })).toBe(true);
    expect(warns({ ...readingOf('bob'), lookAlike } as CardReading)).toBe(true);
  });

  it('is not given for a new person, or for what is no card at all', () => {
    expect(warns(readingOf('bob'))).toBe(false);
    expect(warns(refused)).toBe(false);
    expect(isWarning({ kind: 'look' })).toBe(false);
  });

  it('is given when the key that came after the scan is not the one on the card', () => {
    const verified = (contact: Parameters<typeof makeContact>[1]) =>
      isWarning({ kind: 'verified', text: '', contact: makeContact('bob', contact) });
    expect(verified({ standing: { kind: 'mismatch' } })).toBe(true);
    expect(verified({})).toBe(false);
  });
});

describe('a file that is handed in', () => {
  const file = (name: string, type: string, size = 3): File =>
    Object.defineProperty(new File(['abc'], name, { type }), 'size', { value: size });

  it.each([
    ['photo.png', 'image/png', 'picture'],
    ['card.vcf', '', 'text'],
    ['note', 'text/plain', 'text'],
    ['KEY.ASC', 'application/pgp-keys', 'text'],
  ])('%s (%s) is a %s', async (name, type, kind) => {
    expect(await inputOfFile(file(name, type))).toMatchObject({ kind });
  });

  it.each([
    ['drawing.svg', 'image/svg+xml', 3, 'file-unknown'],
    ['program', 'application/octet-stream', 3, 'file-unknown'],
    ['huge.png', 'image/png', MOST_PICTURE_OCTETS + 1, 'picture-too-large'],
    ['huge.vcf', 'text/vcard', MOST_TEXT_OCTETS + 1, 'text-too-large'],
  ])('%s is refused', async (name, type, size, problem) => {
    expect(await inputOfFile(file(name, type, size))).toEqual({ problem });
  });

  it('is refused when it is gone by then', async () => {
    const gone = Object.defineProperty(file('a.txt', 'text/plain'), 'arrayBuffer', {
      value: () => Promise.reject(new Error()),
    });
    expect(await inputOfFile(gone)).toEqual({ problem: 'file-unreadable' });
  });
});
