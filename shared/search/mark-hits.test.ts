import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldMap } from '../text/fold-map';
import { foldText } from '../text/text-folding';
import { hitRanges, markedWords } from './mark-hits';
import type { MarkedPart } from './mark-hits';
import { parseSearch } from './parse-search';

const marked = (text: string, search: string, part: MarkedPart = 'text'): string[] =>
  hitRanges(text, markedWords(parseSearch(search), part)).map(({ from, to }) => text.slice(from, to));

describe('the way back from a folded text', () => {
  it.each([
    'Größe',
    'Ｆｕｌｌ',
    'ﬁle',
    'Łódź',
    'e\u0301te\u0301',
    'ｶﾞﾗｽ',
    '한글',
    'Donau\u00addampf',
    'İzmir',
    'می\u200cخواهم',
    '🎉a\ud800',
  ])('has the same folding for %j', (text) => expect(foldMap(text).folded.normalize('NFC')).toBe(foldText(text)));

  it('names whole characters, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const { folded, from, to } = foldMap(text);
        expect([from.length, to.length]).toEqual([folded.length, folded.length]);
        for (const [unit, begin] of from.entries()) {
          expect(begin).toBeLessThan(to[unit]!);
          expect(to[unit]).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('hits', () => {
  it.each<[string, string, string[]]>([
    ['The Meeting of meetings', 'meet', ['Meet', 'meet']],
    ['The meeting', '"meet"', []],
    ['Straße und Strasse', 'strasse', ['Straße', 'Strasse']],
    ['Die Straße', 'stras', ['Straß']],
    ['Łódź, lodz', 'lodz', ['Łódź', 'lodz']],
    ['cafe\u0301 CAFÉ', 'café', ['cafe\u0301', 'CAFÉ']],
    ['Donau\u00addampf\u00adschiff', 'dampf', []],
    ['Donau\u00addampf', 'donaudampf', ['Donau\u00addampf']],
    ['我们去台北车站', '台北', ['台北']],
    ['台北、北台', '台', ['台', '台']],
    ['ｶﾞﾗｽの花瓶', 'ガラス', ['ｶﾞﾗｽ']],
    ['서울회의 일정', '회의', ['회의']],
    ['พรุ่งนี้เจอกันที่สถานีรถไฟ', 'สถานี', ['สถานี']],
    ['iPhone手机pro', 'iphone手', ['iPhone', '手']],
    ['Zeugnis-2024.pdf', 'zeugnis 2024', ['Zeugnis', '2024']],
    ['one two, three', '"two three"', ['two, three']],
    ['one two three', '"one three"', []],
    ['apples and pears', 'apples -pears', ['apples']],
    ['apples and pears', '-apples', []],
    ['apples and pears', 'apples OR (pears plums)', ['apples', 'pears']],
    ['apples', 'from:apples is:unread', []],
    ['aaa aab', 'aa a', ['aa', 'aa']],
    ['', 'a', []],
  ])('in %j, %s marks %j', (text, search, hits) => expect(marked(text, search)).toEqual(hits));

  it('belong to the part that was asked about', () => {
    expect(marked('Anna apples', 'from:anna apples', 'people')).toEqual(['Anna', 'apples']);
    expect(marked('Anna apples', 'from:anna apples', 'subject')).toEqual(['apples']);
    expect(marked('Anna plan.pdf', 'filename:plan subject:anna', 'filename')).toEqual(['plan']);
  });

  it('are in order, apart, and within any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    fc.assert(
      fc.property(text, text, (shown, search) => {
        let last = 0;
        for (const { from, to } of hitRanges(shown, markedWords(parseSearch(search), 'text'))) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(shown.length);
          last = to;
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are marked wherever the index finds the word', () => {
    const word = fc.stringMatching(/^[a-zäöüßéñ台北ガ한]{1,8}$/u);
    fc.assert(
      fc.property(word, word, (before, sought) => {
        expect(marked(`${before} ${sought}`, sought).length).toBeGreaterThan(0);
      }),
    );
  });
});
