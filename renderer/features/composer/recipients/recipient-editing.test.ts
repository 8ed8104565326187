import { describe, expect, it } from 'vitest';
import { withTokens } from '../draft/compose-state';
import { choiceAfter, pasted, withoutLast, withoutToken } from './recipient-editing';

const entry = (tokens: readonly string[], typing = '') => ({ tokens, typing });

describe('a recipient field', () => {
  it('makes tokens of what is typed, each address once', () => {
    expect(withTokens(entry(['a@x'], 'b@y'), 'b@y, a@x; c@z')).toEqual(entry(['a@x', 'b@y', 'c@z']));
  });

  it('holds a mailbox once, whatever its tag', () => {
    expect(withTokens(entry(['bob+a@x']), 'BOB@x, bob+b@x, carol@x')).toEqual(entry(['bob+a@x', 'carol@x']));
  });

  it('is unchanged but for the typing when there is nothing in a text', () => {
    expect(withTokens(entry(['a@x'], ' '), ' , ')).toEqual(entry(['a@x']));
  });

  it('loses a token, and keeps what is being typed', () => {
    expect(withoutToken(entry(['a@x', 'b@y'], 'c'), 'a@x')).toEqual(entry(['b@y'], 'c'));
    expect(withoutLast(entry(['a@x', 'b@y'], 'c'))).toEqual(entry(['a@x'], 'c'));
    expect(withoutLast(entry([]))).toEqual(entry([]));
  });

  it('takes a pasted list of addresses as tokens', () => {
    const list = { text: 'bob@y\ncarol@z', replaced: '' };
    expect(pasted(entry(['a@x'], ''), list)).toEqual(entry(['a@x', 'bob@y', 'carol@z']));
  });

  it('takes it in the place of all that was typed', () => {
    expect(pasted(entry([], 'bobb'), { text: 'carol@z', replaced: 'bobb' })).toEqual(entry(['carol@z']));
  });

  it('leaves it to the field beside what was typed: behind «bo» it would be another address', () => {
    expect(pasted(entry([], 'bo'), { text: 'bob@y', replaced: '' })).toBeUndefined();
    expect(pasted(entry([], 'bobby'), { text: 'carol@z', replaced: 'by' })).toBeUndefined();
  });

  it('leaves a pasted text without an address to the field', () => {
    expect(pasted(entry([], ''), { text: 'b', replaced: '' })).toBeUndefined();
  });
});

describe('the chosen suggestion', () => {
  it('goes down and up, and round at either end', () => {
    expect(choiceAfter(0, 1, 3)).toBe(1);
    expect(choiceAfter(2, 1, 3)).toBe(0);
    expect(choiceAfter(0, -1, 3)).toBe(2);
  });

  it('is the first one where there is none', () => {
    expect(choiceAfter(0, 1, 0)).toBe(0);
  });
});
