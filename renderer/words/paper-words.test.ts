import { describe, expect, it } from 'vitest';
import { paperWordsIn, paperWordsProblem } from './paper-words';

const known = new Set(['legal', 'winner', 'thank']);
const problem = (text: string, typing = false) => paperWordsProblem(text, { known, typing });

describe('the words of a paper key', () => {
  it('are found however they were typed', () => {
    expect(paperWordsIn(' 1. Legal\n2. WINNER\t3) thank, ')).toEqual(['legal', 'winner', 'thank']);
    expect(paperWordsIn('')).toEqual([]);
  });

  it('are judged by their place, the last not before it is finished', () => {
    expect(problem('legal winer thank', true)).toMatch(/^Word 2, “winer”/u);
    expect(problem('legal win', true)).toBeUndefined();
    expect(problem('legal win ', true)).toMatch(/^Word 2/u);
  });

  it('are counted in the end', () => {
    expect(problem('legal '.repeat(23), true)).toBeUndefined();
    expect(problem('legal '.repeat(23))).toMatch(/23 words/u);
    expect(problem('legal '.repeat(25), true)).toMatch(/25 words/u);
    expect(problem('legal '.repeat(24))).toBeUndefined();
  });
});
