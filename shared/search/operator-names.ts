import { foldText } from '../text/text-folding';

/** What stands before a colon, by its English name. */
export type OperatorName =
  | 'from'
  | 'to'
  | 'cc'
  | 'subject'
  | 'filename'
  | 'in'
  | 'tag'
  | 'has'
  | 'is'
  | 'before'
  | 'after'
  | 'on'
  | 'larger'
  | 'smaller';

/**
 * The operators as people of some languages write them: English first, which is what the window suggests; then German,
 * French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Turkish, Russian, Greek, Arabic, Persian, Hebrew,
 * Hindi, Chinese, Japanese and Korean, where they have another word. No word stands for two operators.
 */
const OPERATORS: Readonly<Record<OperatorName, string>> = {
  from: 'from von de da van od från kimden от από من از מאת प्रेषक 发件人 寄件人 差出人 보낸사람',
  to: 'to an à para naar do till kime кому προς إلى به אל प्राप्तकर्ता 收件人 宛先 받는사람',
  cc: 'cc kopie kopia cópia copia копия κοινοποίηση نسخة رونوشت עותק प्रतिलिपि 抄送 副本 참조',
  subject:
    'subject betreff objet asunto assunto oggetto onderwerp temat ämne konu тема θέμα الموضوع موضوع נושא विषय 主题 主旨 件名 제목',
  filename:
    'filename file datei dateiname fichier archivo arquivo bestand plik fil dosya файл αρχείο ملف پرونده קובץ फ़ाइल 文件名 檔名 ファイル名 파일',
  in: 'in ordner dans en em cartella map klasör в σε في در בתוך में 位于 位於 場所 위치',
  tag: 'tag label schlagwort étiquette etiqueta etichetta etykieta etikett etiket метка ετικέτα وسم برچسب תג टैग 标签 標籤 タグ 태그',
  has: 'has hat mit avec tiene con tem com ha heeft ma har var есть έχει لديه دارد יש है 包含 含有 添付 포함',
  is: 'is ist est es jest är durum это είναι حالة است הוא स्थिति 状态 狀態 状態 상태',
  before:
    'before until older vor bis avant antes prima voor przed före önce до πριν قبل پیش לפני पहले 早于 早於 以前 이전',
  after:
    'after since newer nach seit ab après depuis después desde depois dopo na po efter sonra после μετά بعد پس אחרי बाद 晚于 晚於 以降 이후',
  on: 'on date am le el data op dnia den tarih дата ημερομηνία تاريخ تاریخ תאריך दिनांक 日期 日付 날짜',
  larger:
    'larger größer über supérieur mayor maior maggiore groter większe större büyük больше μεγαλύτερο أكبر بزرگتر גדול बड़ा 大于 大於 より大きい 초과',
  smaller:
    'smaller kleiner unter inférieur menor minore mniejsze mindre küçük меньше μικρότερο أصغر کوچکتر קטן छोटा 小于 小於 より小さい 미만',
};

/** What follows `is:`; a word with `!` says the contrary. */
export type StateWord =
  | 'unread'
  | 'read'
  | 'flagged'
  | 'unflagged'
  | 'answered'
  | 'unanswered'
  | 'verified'
  | 'unverified'
  | 'own';

const STATES: Readonly<Record<StateWord, string>> = {
  unread:
    'unread new unseen ungelesen neu nonlu nonlus noleído sinleer nãolido nonletto ongelezen nieprzeczytane oläst okunmamış непрочитанное αδιάβαστο مقروءة نخوانده लֹאנקרא अपठित 未读 未讀 未読 읽지않음',
  read: 'read seen gelesen lu lus leído lido letto gelezen przeczytane läst okunmuş прочитанное διαβασμένο مقروء خوانده נקרא पठित 已读 已讀 既読 읽음',
  flagged:
    'flagged starred important markiert wichtig marqué suivi destacado marcado marcato gemarkeerd oznaczone flaggat bayraklı важное σημαία مميز ستاره מסומן चिह्नित 已标记 已加星标 フラグ付き 중요',
  unflagged: 'unflagged unstarred unmarkiert nonmarqué nomarcado nãomarcado',
  answered:
    'answered replied beantwortet répondu respondido risposto beantwoord odpowiedziane besvarat yanıtlanmış отвеченное απαντημένο مردود پاسخ נענה उत्तरित 已回复 已回覆 返信済み 답장함',
  unanswered: 'unanswered unbeantwortet nonrépondu norespondido nãorespondido',
  verified:
    'verified geprüft bestätigt verifiziert vérifié verificado verificato geverifieerd zweryfikowane verifierat doğrulanmış проверенное επαληθευμένο موثق تأیید מאומת सत्यापित 已验证 已驗證 検証済み 확인됨',
  unverified: 'unverified ungeprüft nonvérifié noverificado nãoverificado nonverificato niezweryfikowane',
  own: 'own sent mine eigene mio',
};

/** What follows `has:`. */
const ATTACHMENTS =
  'attachment attachments file files anhang anhänge datei anlage pièce piècejointe fichier adjunto adjuntos anexo anexos allegato allegati bijlage bijlagen załącznik załączniki bilaga ek вложение вложения συνημμένο مرفق پیوست קובץ संलग्नक 附件 添付 添付ファイル 첨부 첨부파일';

/** Between two things, of which one must be; and between two that must both be, which is so without a word. */
const OR_WORDS = 'OR ODER OU LUB ИЛИ VEYA Ή أو';
const AND_WORDS = 'AND UND';
const NOT_WORDS = 'NOT NICHT';

const byName = <Name extends string>(table: Readonly<Record<Name, string>>): ReadonlyMap<string, Name> =>
  new Map(
    (Object.keys(table) as Name[]).flatMap((name) => table[name].split(' ').map((word) => [nameForm(word), name])),
  );

/** A name as it is compared: folded, without hyphens, low lines and spaces. */
function nameForm(word: string): string {
  return foldText(word).replaceAll(/[-_'\s]/gu, '');
}

const operators = byName(OPERATORS);
const states = byName(STATES);
const attachments = new Set(ATTACHMENTS.split(' ').map(nameForm));
const [ors, ands, nots] = [OR_WORDS, AND_WORDS, NOT_WORDS].map((words) => new Set(words.split(' ')));

/** Which operator a word before a colon is, in any of the languages. */
export const operatorOf = (word: string): OperatorName | undefined => operators.get(nameForm(word));

/** What `is:` is said of. */
export const stateOf = (word: string): StateWord | undefined => states.get(nameForm(word));

/** Whether a word after `has:` is attachments. */
export const isAttachmentWord = (word: string): boolean => attachments.has(nameForm(word));

/** What a word in capitals says of its neighbours. */
export function connectiveOf(word: string): 'or' | 'and' | 'not' | undefined {
  if (ors?.has(word)) return 'or';
  if (ands?.has(word)) return 'and';
  return nots?.has(word) ? 'not' : undefined;
}

/** The English names, as suggestions show them. */
export const operatorNames = Object.keys(OPERATORS) as readonly OperatorName[];
