import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './text-folding';

describe('the folding of text', () => {
  it.each([
    ['Łódź', 'lodz'],
    ['Ελλάδα', 'ΕΛΛΑΔΑ'],
    ['Οδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
    ['Straße', 'STRASSE'],
    ['ẞ', 'ss'],
    ['İstanbul', 'ıstanbul'],
    ['DİYARBAKIR', 'diyarbakır'],
    ['Ærøskøbing', 'aeroskobing'],
    ['Đorđe', 'dorde'],
    ['Þórður', 'thordur'],
    ['cœur', 'COEUR'],
    ['Ħal Tarxien', 'hal tarxien'],
    ['ёлка', 'Елка'],
    ['Йод', 'иод'],
    ['Ґанок', 'ганок'],
    ['ﬁnal ﬄ', 'final ffl'],
    ['Ｗｉｄｅ　ｔｅｘｔ', 'wide text'],
    ['שָׁלוֹם', 'שלום'],
    ['السَّلَامُ', 'السلام'],
    ['أحمد إلى آدم', 'احمد الي ادم'],
    ['مـــرحبا', 'مرحبا'],
    ['ﻣﺮﺣﺒﺎ', 'مرحبا'],
    ['می‌خواهم', 'ميخواهم'],
    ['کتاب', 'كتاب'],
    ['서울'.normalize('NFD'), '서울'],
    ['ｶﾞｷﾞ', 'ガギ'],
    ['ज़रूरत', 'जरूरत'],
    ['Donau\u00addampf\u200bschiff\u2060', 'donaudampfschiff'],
    ['a\u202eb\u2066c\ufe0f', 'abc'],
    ['don’t', "don't"],
    ['o´neil', "o'neil"],
    ['E‑Mail – ja', 'e-mail - ja'],
    ['٣ مايو ۴', '3 مايو 4'],
    ['H₂O m²', 'h2o m2'],
    ['Việt Nam', 'viet nam'],
  ])('takes «%s» and «%s» for the same', (one, other) => expect(foldText(one)).toBe(foldText(other)));

  it.each([
    ['हिन्दी', 'हन्द'],
    ['ที่', 'ท'],
    ['が', 'か'],
    ['கோ', 'க'],
    ['ကို', 'က'],
    ['ខ្មែរ', 'ខមរ'],
    ['각', '가'],
    ['rn', 'm'],
  ])('keeps «%s» and «%s» apart', (one, other) => expect(foldText(one)).not.toBe(foldText(other)));

  const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));

  it('is the same for every normal form of a text', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const forms = [typed, typed.normalize('NFC'), typed.normalize('NFD')].map(foldText);
        expect(new Set(forms).size).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('changes nothing when it is done again', () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(foldText(foldText(typed))).toBe(foldText(typed));
      }),
      { numRuns: 2_000 },
    );
  });

  it('folds two texts beside each other as each by itself, where ASCII parts them', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(foldText(`${one} ${other}`)).toBe(`${foldText(one)} ${foldText(other)}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
