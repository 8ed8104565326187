import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ImapThreadRow } from '../../ports/imap';
import { threadByReferences } from './thread-by-references';
import { threadBySubject } from './thread-by-subject';
import { threadText, type ThreadNode } from './thread-node';

type Given = {
  readonly id?: string;
  readonly refs?: string;
  readonly date?: number;
  readonly subject?: string;
  readonly isReply?: boolean;
};

const rest = (): Promise<void> => Promise.resolve();

function text(roots: readonly ThreadNode[]): string {
  return [...threadText(roots, (uid) => uid)].join('');
}

/** Threads of messages with the UIDs 1, 2, …; what they refer to is given as `a b c`. */
async function threads(given: readonly Given[]): Promise<string> {
  const rows = given.map(({ id, refs = '', date, subject = '', isReply = false }, index): ImapThreadRow => ({
    uid: index + 1,
    threadId: 't',
    date: date ?? index,
    messageId: id ?? `none ${String(index)}`,
    references: refs.split(' ').filter((name) => name !== ''),
    subject,
    isReply,
  }));
  return text(await threadByReferences(rows, rest));
}

describe('threads by references', () => {
  it('are trees of answers', async () => {
    expect(
      await threads([
        { id: 'a' },
        { id: 'b', refs: 'a' },
        { id: 'c', refs: 'a b' },
        { id: 'd', refs: 'a' },
        { id: 'e' },
      ]),
    ).toBe('(1 (2 3)(4))(5)');
  });

  it('are sorted by date, not by number', async () => {
    expect(
      await threads([
        { id: 'b', refs: 'a', date: 2 },
        { id: 'c', refs: 'a b', date: 3 },
        { id: 'a', date: 1 },
      ]),
    ).toBe('(3 1 2)');
  });

  it('have a place for a message that is missing', async () => {
    expect(
      await threads([
        { id: 'b', refs: 'a' },
        { id: 'c', refs: 'a' },
      ]),
    ).toBe('((1)(2))');
    expect(await threads([{ id: 'b', refs: 'a' }])).toBe('(1)');
    expect(await threads([{ id: 'a' }, { id: 'c', refs: 'a b' }, { id: 'd', refs: 'a b' }])).toBe('(1 (2)(3))');
  });

  it('believe a message more than those that refer to it', async () => {
    expect(await threads([{ id: 'x', refs: 'a c b' }, { id: 'b', refs: 'a' }, { id: 'a' }])).toBe('(3 2 1)');
  });

  it('take no message for its own ancestor', async () => {
    expect(
      await threads([
        { id: 'a', refs: 'b' },
        { id: 'b', refs: 'a' },
      ]),
    ).toBe('(2 1)');
    expect(await threads([{ id: 'a', refs: 'a' }])).toBe('(1)');
  });

  it('tell two messages with one Message-ID apart', async () => {
    expect(await threads([{ id: 'a' }, { id: 'a' }])).toBe('(1)(2)');
  });

  it('are joined by their subject', async () => {
    const subject = 'HELLO';
    expect(await threads([{ subject }, { subject, isReply: true }])).toBe('(1 2)');
    expect(await threads([{ subject }, { subject }])).toBe('((1)(2))');
    expect(await threads([{ subject }, { subject: 'OTHER' }])).toBe('(1)(2)');
  });

  it('are those of our own where only they are known', async () => {
    const row = (uid: number, threadId: string): ImapThreadRow => ({ uid, threadId, date: uid });
    const found = await threadByReferences([row(1, 'a'), row(2, 'b'), row(3, 'a'), row(4, 'a')], rest);
    expect(text(found)).toBe('((1)(3)(4))(2)');
  });

  it('have each message once, whatever the references say', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const message = fc.record({
      id,
      refs: fc.array(id, { maxLength: 4 }).map((ids) => ids.join(' ')),
      date: fc.nat(5),
      subject: fc.constantFrom('', 'X'),
      isReply: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 8 }), async (given) => {
        const numbers = ((await threads(given)).match(/\d+/g) ?? []).map(Number);
        expect(numbers.sort((one, other) => one - other)).toEqual(given.map((_, index) => index + 1));
      }),
    );
  });

  it('may be as deep as they are long', async () => {
    const chain = Array.from({ length: 20_000 }, (_, index) => ({
      id: String(index),
      refs: index > 0 ? String(index - 1) : '',
    }));
    expect((await threads(chain)).split(' ')).toHaveLength(20_000);
  });
});

describe('threads by subject', () => {
  it('have the first message with all others as answers', async () => {
    const row = (uid: number, subject: string) => ({
      uid,
      subject,
      date: uid,
      arrival: 0,
      size: 0,
      from: '',
      to: '',
      cc: '',
    });
    const found = await threadBySubject(
      [row(1, 'A'), row(2, 'B'), row(3, 'A'), row(4, 'C'), row(5, 'A'), row(6, 'B')],
      rest,
    );
    expect(text(found)).toBe('(1 (3)(5))(2 6)(4)');
  });
});
