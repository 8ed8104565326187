import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import { MAX_PEOPLE_OF_WORD } from '../../domain/limits';
import { ALICE, BOB, CAROL, contact, newAttachmentId, openTestStore, received } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

let test: TestStore;
beforeAll(() => {
  test = openTestStore();
});
afterAll(() => test.remove());

const find = (text: string): MessageId[] => test.store.search.find({ text, limit: 500 }).map(({ id }) => id);
const keep = async (change: Parameters<typeof received>[0]): Promise<MessageId> => {
  const message = received({ subject: '-', preview: '', text: '-', ...change });
  await test.store.messages.receive(message);
  return message.id;
};

/** A text, and what finds it; each is typed in every way below. */
const examples = [
  ['Wycieczka: Łódź', ['lodz', 'łódź', 'Łó']],
  ['Καλημέρα Ελλάδα, ο Οδυσσεύς', ['ελλαδα', 'ΕΛΛΑΔΑ', 'Οδυσσευσ']],
  ['Die Straße ist lang', ['strasse', 'Straße', 'STRASSE']],
  ['Smørrebrød í Þórshöfn', ['smorrebrod', 'thorshofn']],
  ['Diyarbakır, İzmir', ['DİYARBAKIR', 'diyarbakir', 'izmir', 'IZMIR']],
  ['Ещё одна ёлка', ['елка', 'Ёлка', 'еще']],
  ['שָׁלוֹם עוֹלָם', ['שלום', 'עולם']],
  ['السَّلَامُ عَلَيْكُمْ يا أحـــمد', ['السلام', 'عليكم', 'احمد']],
  ['سلام، می‌خواهم کتاب', ['میخواهم', 'می‌خواهم', 'كتاب']],
  ['हिन्दी की ज़रूरत', ['हिन्दी', 'जरूरत', 'ज़रूरत']],
  ['தமிழ் மொழி', ['தமிழ்', 'மொழி']],
  ['我们明天去台北车站见面吧。好', ['台北', '台', '吧', '车站见面', '好', '我']],
  ['東京タワーで会いましょう', ['タワー', 'ﾀﾜｰ', '京', '会いま']],
  ['ｶﾞﾗｽの花瓶', ['ガラス', '花瓶']],
  ['พรุ่งนี้เจอกันที่สถานีรถไฟ', ['สถานี', 'รถไฟ', 'เจอกัน']],
  ['ພົບກັນຢູ່ຕະຫຼາດ', ['ຕະຫຼາດ']],
  ['ជួបគ្នានៅផ្សារធំ', ['ផ្សារ']],
  ['မနက်ဖြန်ဘူတာမှာတွေ့မယ်', ['ဘူတာ']],
  ['서울회의 일정', ['회의', '서울', '일정', '의']],
  ['Donau\u00addampf\u00adschiff\u200bfahrt', ['Donaudampfschifffahrt', 'donaudampf']],
  ['iPhone手机pro', ['手机', 'iphone手', '手机pro']],
  ['O’Neil don’t', ["o'neil", 'neil', 'don´t']],
  ['Ｆｕｌｌ　ｗｉｄｔｈ ﬁle', ['full', 'width', 'file']],
  ['Party 🎉🎂 heute', ['🎉', '🎂']],
  ['Am ٣ مايو', ['3']],
] as const;

const typings: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.normalize('NFC'),
  (word) => word.normalize('NFD'),
  (word) => word.toLowerCase(),
  (word) => word.toUpperCase(),
  (word) => `  ${word}\u00a0`,
  (word) => Array.from(word).join('\u200d'),
];

describe('a search', () => {
  it.each(examples)('finds in «%s» what is typed in any form', async (text, words) => {
    const ids = [await keep({ text }), await keep({ text: text.normalize('NFD') }), await keep({ subject: text })];
    const file = { id: newAttachmentId(), filename: `${text}.pdf`, contentType: 'application/pdf', inline: false };
    ids.push(await keep({ attachments: [{ ...file, content: new Uint8Array(1) }] }));
    for (const word of [...words, `"${text}"`])
      for (const typed of typings)
        expect([typed(word), find(typed(word))]).toEqual([typed(word), expect.arrayContaining(ids)]);
  });

  it('finds the same rows however a word is typed', async () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
      .filter((text) => !/[\s\p{Cs}\p{Cn}\0]/u.test(text));
    await fc.assert(
      fc.asyncProperty(word, word, async (before, sought) => {
        await keep({ text: `${before} ${sought}` });
        const found = find(sought);
        for (const typed of typings.slice(1, 3)) expect(find(typed(sought))).toEqual(found);
      }),
      { numRuns: 30 },
    );
  });

  it('finds every part of a sentence without spaces', async () => {
    const characters = fc.array(fc.integer({ min: 0x4e00, max: 0x9fa5 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(characters, fc.nat(), fc.nat(), async (codes, from, length) => {
        const id = await keep({ text: `a${String.fromCodePoint(...codes)}。b` });
        const begin = from % codes.length;
        const part = codes.slice(begin, begin + 1 + (length % (codes.length - begin)));
        expect(find(String.fromCodePoint(...part))).toContain(id);
      }),
      { numRuns: 20 },
    );
  });

  it('does not take neighbours for a word', async () => {
    const id = await keep({ text: '甲乙丁 丙' });
    expect(find('乙丙')).not.toContain(id);
    expect(find('乙丁丙')).not.toContain(id);
    expect(find('甲乙丁')).toContain(id);
  });
});

describe('a search by people', () => {
  const katharina = MailAddress.parse(`ks7@${'k'.repeat(56)}.onion`);
  const tagged = MailAddress.parse(`ks7+news@${'k'.repeat(56)}.onion`);
  let known: ReturnType<typeof contact>;
  beforeAll(() => {
    known = contact({ identityId: test.identityId, address: katharina, name: 'Katharina Schmidt-Łuków' });
    test.store.contacts.add(known);
  });

  it('finds by the name that the list shows: of the sender, of others, with a tag, with other words', async () => {
    const ids = [
      await keep({ from: katharina, text: 'apricots' }),
      await keep({ from: BOB, to: [ALICE, katharina] }),
      await keep({ from: BOB, cc: [katharina] }),
      await keep({ from: tagged }),
    ];
    for (const text of ['Katharina', 'schmidt', 'KATHARINA lukow', 'Schmidt-Łuk', 'kath ks7'])
      expect(
        find(text)
          .filter((id) => ids.includes(id))
          .sort(),
      ).toEqual([...ids].sort());
    expect(find('katharina apricots')).toEqual([ids[0]]);
    expect(find('harina')).toEqual([]);
  });

  it('knows a new name at once, and the former no longer', async () => {
    const id = await keep({ from: katharina, text: 'plums' });
    test.store.contacts.update(known.id, { name: '王小明' });
    expect(find('plums 小明')).toEqual([id]);
    expect(find('plums Katharina')).toEqual([]);
    test.store.contacts.update(known.id, { name: 'Katharina' });
    expect(find('plums katharina')).toEqual([id]);
  });

  it('finds by what stands for a person without a name', async () => {
    const from = MailAddress.parse(`dora.o'neil+shop@${'d'.repeat(8)}${'e'.repeat(44)}wxyz.onion`);
    const id = await keep({ from });
    for (const text of [
      'dora',
      "o'neil",
      'neil',
      'shop',
      from,
      `${'d'.repeat(8)}…wxyz`,
      `dora.o'neil+shop@${'d'.repeat(8)}…wxyz`,
    ])
      expect(find(text)).toContain(id);
    expect(find(CAROL)).not.toContain(id);
  });

  it('takes any name for what it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 40 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (name, text) => {
          test.store.contacts.update(known.id, { name });
          expect(Array.isArray(find(text))).toBe(true);
          expect(Array.isArray(find(name))).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('asks for no more people than the index can look up', async () => {
    const crowd = openTestStore();
    for (let number = 0; number < MAX_PEOPLE_OF_WORD + 20; number += 1) {
      const address = MailAddress.parse(
        `p@${number.toString(2).padStart(56, 'a').replaceAll('0', 'b').replaceAll('1', 'c')}.onion`,
      );
      crowd.store.contacts.add(contact({ identityId: crowd.identityId, address, name: `Person ${String(number)}` }));
    }
    await crowd.store.messages.receive(received({ subject: 'Personal' }));
    expect(crowd.store.search.find({ text: 'person person person', limit: 5 })).toHaveLength(1);
    crowd.remove();
  });
});
