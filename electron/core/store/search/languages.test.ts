import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageId } from '../../../../shared/ids';
import { openTestStore, received, type TestStore } from '../testing/store-fixtures';

/** A text, ten queries that a person may type for it, of which the last four are for something else. */
const texts: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  English: [
    'The naïve fiancé’s résumé: don’t e‑mail it, co-operate',
    ['naive', 'RÉSUMÉ', "fiance's", "don't", 'e-mail', 'co-oper', 'sumé', 'mailer', 'dont know', 'operation'],
  ],
  German: [
    'Die müden Füße in der Straßenbahn, Äpfel für 3 € – schön!',
    ['mude', 'FÜSSE', 'straßenb', 'strassenbahn', 'apfel', 'schon', 'bahn', 'fuesse', 'äpfeln', 'strasse bahn x'],
  ],
  Polish: [
    'Zażółć gęślą jaźń; wycieczka do Łodzi i źdźbło',
    ['zazolc', 'GĘŚLĄ', 'jazn', 'lodzi', 'ŁODZ', 'zdzblo', 'ólć', 'lody', 'wycieczki', 'jazni'],
  ],
  Czech: [
    'Příliš žluťoučký kůň úpěl ďábelské ódy',
    ['prilis', 'ŽLUŤ', 'kun', 'upel dabel', 'kůň', 'ody', 'útek', 'kone', 'belske', 'zluty'],
  ],
  French: [
    'L’œuvre d’été : ça coûte 3 000 € à Noël, cœur',
    ['oeuvre', 'ete', 'ÇA', 'coute', 'noel', 'CŒUR', 'euvre', 'coeurs', 'cote', 'noelle'],
  ],
  Spanish: [
    '¿Mañana? ¡El pingüino José comió añejo jamón!',
    ['manana', 'PINGÜI', 'jose', 'comio', 'anejo', 'jamon', 'añicos', 'guino', 'josefa', 'comida'],
  ],
  Portuguese: [
    'Amanhã não há pão; ação e coração, avô e avó',
    ['amanha', 'NAO', 'pao', 'acao', 'coracao', 'avo', 'raçao', 'paes', 'coracoes', 'avos'],
  ],
  Turkish: [
    'Diyarbakır’da ışık, İstanbul’da şirin ağaç ve güneş',
    ['diyarbakir', 'IŞIK', 'istanbul', 'İSTAN', 'sirin agac', 'gunes', 'bakır', 'isiklar', 'agaclar', 'tanbul'],
  ],
  Danish: [
    'Smørrebrød på Ærø, blåbærgrød og øl i Århus',
    ['smorrebrod', 'ÆRØ', 'aero', 'blabaer', 'OL', 'arhus', 'brød', 'oler', 'aeros', 'grød'],
  ],
  Hungarian: [
    'Árvíztűrő tükörfúrógép, őszi gyümölcs',
    ['arvizturo', 'TÜKÖR', 'tukorfuro', 'oszi', 'gyumolcs', 'ŐSZI', 'fúró', 'gyumolcsok', 'viztu', 'oszike'],
  ],
  Vietnamese: [
    'Chào buổi sáng, hẹn gặp ở Hà Nội, phở Đà Nẵng',
    ['chao', 'BUỔI', 'hen gap', 'ha noi', 'pho', 'đà nẵ', 'uổi', 'noien', 'phong', 'nang chao x'],
  ],
  Russian: [
    'Ещё одна зелёная ёлка и йод в лесу № 5',
    ['еще', 'ЕЛКА', 'Ёлка', 'зелен', 'иод', '5', 'елки', 'леса', 'лёна', 'ода'],
  ],
  Ukrainian: [
    'Їжак і ґанок у Києві; об’єкт',
    ['їжак', 'ганок', 'ҐАН', 'києві', "об'єкт", 'КИЄ', 'жак', 'ганки', 'объект', 'ізюм'],
  ],
  Greek: [
    'Καλημέρα! Ο Οδυσσεύς ταξιδεύει στην Ελλάδα με άλογο',
    ['καλημερα', 'ΟΔΥΣΣΕΥΣ', 'Οδυσσευσ', 'ελλαδα', 'αλογο', 'ΤΑΞΙΔ', 'ημερα', 'αλογα', 'λαδα', 'ελλας'],
  ],
  Hebrew: [
    'שָׁלוֹם עוֹלָם, צה״ל וצ׳יפס בתל־אביב',
    ['שלום', 'עולם', 'שָׁלוֹם', 'צה"ל', "וצ'יפס", 'אביב', 'לום', 'שלומי', 'עולמי', 'ירושלים'],
  ],
  Arabic: [
    'السَّلَامُ عَلَيْكُمْ يا أحـــمد، لقاؤنا في المدرسة ٣ مايو',
    ['السلام', 'عليكم', 'احمد', 'أحمد', 'المدرسه', '3', 'سلام', 'محمود', 'درسة', 'عليكما'],
  ],
  Persian: [
    'سلام، می‌خواهم کتاب یاد بگیرم ۴ بار',
    ['سلام', 'میخواهم', 'می‌خواهم', 'كتاب', 'ياد', '4', 'خواهم', 'کتابها', 'لام', 'بگیرند'],
  ],
  Hindi: [
    'हिन्दी की ज़रूरत है, कल मिलेंगे १० बजे',
    ['हिन्दी', 'ज़रूरत', 'जरूरत', 'मिलेंगे', '10', 'कल', 'हिन्द्', 'न्दी', 'रूरत', 'मिलूंगा'],
  ],
  Chinese: [
    '我们明天去台北车站见面吧。iPhone手机ＯＫ',
    ['台北', '车站见面', '吧', '手机', 'ok', 'iphone手', '北台', '站车', '明天见', '机手'],
  ],
  Japanese: [
    '東京タワーで会いましょう。ｶﾞﾗｽの花瓶、サーバー',
    ['タワー', 'ﾀﾜｰ', '会いま', 'ガラス', '花瓶', '京タ', 'たわー', 'カラス', '瓶花', 'サバ'],
  ],
  Korean: [
    '서울회의 일정입니다, 김철수 씨',
    ['회의', '서울', '일정', '철수', '회의'.normalize('NFD'), '니다', '의회', '울서', '수철', '정일'],
  ],
  Thai: ['พรุ่งนี้เจอกันที่สถานีรถไฟ ๓ โมง', ['สถานี', 'รถไฟ', 'เจอกัน', 'พรุ่งนี้', '3', 'ที่สถา', 'ถสานี', 'ไฟรถ', 'สถานู', 'พรุงนี้']],
};
const FOUND = 6;

let test: TestStore;
const ids = new Map<string, MessageId>();

beforeAll(async () => {
  test = openTestStore();
  for (const [language, [text]] of Object.entries(texts)) {
    const message = received({ subject: '-', preview: '', text });
    ids.set(language, message.id);
    await test.store.messages.receive(message);
  }
});
afterAll(() => test.remove());

const pairs = Object.entries(texts).flatMap(([language, [, queries]]) =>
  queries.map((query, index) => ({ language, query, isFound: index < FOUND })),
);

describe('a search in many languages', () => {
  it('is tried with two hundred pairs in twenty languages, and more', () => {
    expect(Object.keys(texts).length).toBeGreaterThanOrEqual(20);
    expect(pairs.length).toBeGreaterThanOrEqual(200);
  });

  it.each(pairs)('$language: «$query» is found: $isFound', ({ language, query, isFound }) => {
    for (const typed of [query, query.normalize('NFC'), query.normalize('NFD'), ` ${query}\u00a0`]) {
      const found = test.store.search.find({ text: typed, limit: 500 }).map(({ id }) => id);
      expect(found.includes(ids.get(language)!)).toBe(isFound);
    }
  });
});
