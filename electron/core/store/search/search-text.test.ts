import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAROL, newAttachmentId, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

describe('search', () => {
  let test: TestStore;
  beforeAll(async () => {
    test = openTestStore();
    const attachment = {
      id: newAttachmentId(),
      filename: 'Zeugnis-2024.pdf',
      contentType: 'application/pdf',
      inline: false,
      content: new Uint8Array([1]),
    };
    await test.store.messages.receive(
      received({ subject: 'Größe der Äpfel', text: 'Crème brûlée, don’t "quote" AND OR NOT NEAR' }),
    );
    await test.store.messages.receive(
      received({ subject: 'Pears', text: 'nothing else', from: CAROL, attachments: [attachment] }),
    );
  });
  afterAll(() => test.remove());

  const subjects = (text: string): string[] =>
    test.store.search.find({ text, limit: 10 }).map(({ subject }) => subject);

  it.each([
    ['apfel', 'Größe der Äpfel'],
    ['ÄPFEL größe', 'Größe der Äpfel'],
    ['creme brulee', 'Größe der Äpfel'],
    ['cre', 'Größe der Äpfel'],
    ['AND NOT', 'Größe der Äpfel'],
    ['"quote"', 'Größe der Äpfel'],
    ['zeugnis', 'Pears'],
    ['Zeugnis-2024.pdf', 'Pears'],
    ['carol', 'Pears'],
    [CAROL, 'Pears'],
    ['noth*', 'Pears'],
    ['!!! pears ???', 'Pears'],
    ['subject:pears', 'Pears'],
    ['pears nothing2 OR pears', 'Pears'],
  ])('finds %s', (text, subject) => expect(subjects(text)).toEqual([subject]));

  it.each(['apfel pears', 'pfel', 'subject:nothing', '^pears nothing2', '""', '*', '', ' ', '\u0000'])(
    'finds nothing for %j',
    (text) => expect(subjects(text)).toEqual([]),
  );

  it('shows the newest first and no more than asked for', async () => {
    for (const subject of ['cherry 1', 'cherry 2', 'cherry 3'])
      await test.store.messages.receive(received({ subject }));
    expect(test.store.search.find({ text: 'cherry', limit: 2 }).map(({ subject }) => subject)).toEqual([
      'cherry 3',
      'cherry 2',
    ]);
  });

  it('takes anything a person or a program may type', () => {
    const syntax = fc.constantFrom(
      '"',
      '""',
      "'",
      '*',
      '(',
      ')',
      '{',
      '}',
      ':',
      '^',
      '+',
      '-',
      ' AND ',
      ' OR ',
      ' NOT ',
      'NEAR(',
      ',',
      '\\',
      '\u0000',
      '\ud800',
      '́',
      'a',
      'pears',
      ' ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(syntax, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        expect(Array.isArray(test.store.search.find({ text: typed, limit: 10 }))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('bounds the number of words', () => {
    const words = Array.from({ length: 10_000 }, (_, index) => `pears${index === 0 ? '' : ' nothing'}`).join(' ');
    expect(subjects(words)).toEqual(['Pears']);
    expect(subjects('... --- !!!')).toEqual([]);
  });

  it('finds what was deposited under any word of it again', async () => {
    const word = fc.stringMatching(/^[a-z0-9äöüßéñ]{1,20}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 5 }), async (words) => {
        const message = received({ text: words.join(' — ') });
        await test.store.messages.receive(message);
        for (const text of words)
          expect(test.store.search.find({ text, limit: 500 }).map(({ id }) => id)).toContain(message.id);
      }),
      { numRuns: 50 },
    );
  });
});
