import { describe, expect, it } from 'vitest';
import { splitQuotes } from './split-quotes';

describe('splitQuotes', () => {
  it('tells own words from quoted ones', () => {
    expect(splitQuotes('Yes.\n\n> Are you there?\n>> Hello\n\nBye').map(({ kind }) => kind)).toEqual([
      'text',
      'quote',
      'text',
    ]);
  });

  it('takes everything after the dashes for the signature', () => {
    expect(splitQuotes('Yes.\r\n-- \r\nBob\r\n> not a quote')).toEqual([
      { kind: 'text', text: 'Yes.' },
      { kind: 'signature', text: '-- \nBob\n> not a quote' },
    ]);
  });

  it.each([
    ['words above', 'Yes.\n-- \nAlice\n\nBob wrote:\n> one\n> two', ['text', 'signature', 'text', 'quote']],
    ['no words', 'Yes.\n-- \nAlice\n\n> one\n> two', ['text', 'signature', 'quote']],
    ['no blank line', 'Yes.\n-- \nAlice\n> one\n> two', ['text', 'signature', 'quote']],
    ['words of two lines', '-- \nAlice\n\nOn Monday, Bob\n<b@x> wrote:\n> one', ['signature', 'text', 'quote']],
    ['words and a blank line', '-- \nAlice\nAm 1. Mai schrieb Bob:\n\n> eins', ['signature', 'text', 'quote']],
    ['Chinese words', '-- \n爱丽丝\n\n2026年5月1日，鲍勃写道：\n> 一', ['signature', 'text', 'quote']],
    ['French words', '-- \nAlice\n\nLe 1er mai, Bob a écrit :\n> un', ['signature', 'text', 'quote']],
    ['words below', '-- \nAlice\n\n> one\n\nAnd this.\n-- \nAlice', ['signature', 'quote', 'text', 'signature']],
    ['Outlook’s rule', 'Yes.\n-- \nAlice\n-----Original Message-----\nFrom: Bob', ['text', 'signature', 'text']],
    ['Outlook’s line', `Yes.\n-- \nAlice\n${'_'.repeat(32)}\nVon: Bob`, ['text', 'signature', 'text']],
    ['Outlook’s head', 'Yes.\n-- \nAlice\n\nFrom: Bob\nSent: Monday', ['text', 'signature', 'text']],
    ['marks of several depths', '-- \nAlice\n\n>> one\n> two\n\n> three', ['signature', 'quote']],
    ['a colon in the signature', '-- \nAlice\nPhone: 1\nMail: a@x', ['signature']],
    ['a quoted signature', '> Yes.\n> -- \n> Bob\n\nGood.', ['quote', 'text']],
  ] as const)('ends a signature where a quotation begins: %s', (_, text, kinds) => {
    expect(splitQuotes(text).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('makes no more blocks than a window can bear, and loses no text', () => {
    const text = '> a\nb\n'.repeat(100_000).trimEnd();
    const blocks = splitQuotes(text);
    expect(blocks).toHaveLength(1_000);
    expect(blocks.map((block) => block.text).join('\n')).toBe(text);
  });

  it('has nothing for an empty text', () => {
    expect(splitQuotes('\n\n')).toEqual([]);
  });
});
