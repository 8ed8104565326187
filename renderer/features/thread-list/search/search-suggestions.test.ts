import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../../shared/contact';
import { parseSearch } from '../../../../shared/search/parse-search';
import { searchSuggestions, typedWord, withSuggestion } from './search-suggestions';

const contact = (id: string, name: string, local: string): Contact =>
  ({ id, name, address: `${local}@${'a'.repeat(56)}.onion` }) as Contact;
const people = [contact('1', 'Anna Łuków', 'anna'), contact('2', '', 'ben'), contact('3', 'Zoë', 'z')];

const offered = (text: string, caret = text.length): string[] =>
  searchSuggestions(typedWord(text, caret).word, people).map(({ text: one }) => one);

describe('suggestions of a search', () => {
  it.each<[string, string[]]>([
    ['fr', ['from:']],
    ['apples fr', ['from:']],
    ['-fr', ['from:']],
    ['(fr', ['from:']],
    ['von', ['from:']],
    ['from:', ['from:"Anna Łuków"', 'from:ben', 'from:Zoë']],
    ['from:luk', ['from:"Anna Łuków"']],
    ['von:anna', ['von:"Anna Łuków"']],
    ['from:"anna lu', ['from:"Anna Łuków"']],
    ['zo', ['from:Zoë']],
    ['is:u', ['is:unread']],
    ['in:ar', ['in:archive']],
    ['has:', ['has:attachment']],
    ['before:y', ['before:yesterday']],
    ['nothing like this', []],
    ['is:unread', []],
    ['http://x', []],
  ])('for %s are %j', (text, suggestions) => expect(offered(text)).toEqual(suggestions));

  it('say what can be asked when nothing is typed', () => {
    expect(offered('')).toHaveLength(8);
    expect(offered('apples ')).toContain('is:');
  });

  it('say whom two address books have once, and both who have other names in them', () => {
    const both = [...people, contact('4', 'Anna Łuków', 'anna'), contact('5', 'Annika', 'anna')];
    expect(searchSuggestions('from:an', both).map(({ text }) => text)).toEqual(['from:"Anna Łuków"', 'from:Annika']);
  });

  it('take the place of the word at the caret, and leave the rest', () => {
    const [from] = searchSuggestions('fr', people);
    expect(withSuggestion('apples fr', 9, from!)).toEqual({ text: 'apples from:', caret: 12 });
    const [anna] = searchSuggestions('from:an', people);
    expect(withSuggestion('-from:an pears', 8, anna!)).toEqual({ text: '-from:"Anna Łuków" pears', caret: 19 });
    expect(withSuggestion('from:an', 7, anna!)).toEqual({ text: 'from:"Anna Łuków" ', caret: 18 });
  });

  it('mean what they say', () => {
    const texts = ['has:', 'is:', 'in:', 'before:', 'after:', 'on:', 'larger:', 'smaller:'].flatMap((text) =>
      offered(text),
    );
    for (const text of texts) expect([text, parseSearch(text, { now: 1e12 })?.kind]).not.toEqual([text, 'words']);
  });
});
