import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MessageDetail, MessageSummary } from '../../../../shared/message';
import type { PublicKeyBlock } from '../../ports/keys';
import { binaryKey, makeAttacker, type Attacker } from '../../testing/attacker';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';
import { SmtpPeer } from '../../testing/smtp-peer';

/**
 * The same letter, in whatever encoding and form it comes, is the same to its reader: subject, text, preview, name of
 * the file, and what search finds. Each is sealed and goes through the whole program.
 */
type Letter = {
  readonly charsets: readonly string[];
  readonly subject: string;
  /** Two lines, a line end between. */
  readonly text: string;
  /** A word of the text, as a person may type it. */
  readonly sought: string;
};

const letters: Readonly<Record<string, Letter>> = {
  German: {
    charsets: ['iso-8859-1', 'iso-8859-15', 'windows-1252', 'us-ascii', 'unknown-8bit'],
    subject: 'Grüße aus Köln',
    text: 'Schöne Straße, müde Füße\nund ein Äpfelchen',
    sought: 'strasse',
  },
  Polish: {
    charsets: ['iso-8859-2', 'windows-1250', 'iso-8859-16'],
    subject: 'Wycieczka do Łodzi',
    text: 'Zażółć gęślą jaźń\nw Łodzi',
    sought: 'zazolc',
  },
  Russian: {
    charsets: ['koi8-r', 'windows-1251', 'iso-8859-5', 'ibm866'],
    subject: 'Ещё одно письмо',
    text: 'Зелёная ёлка стоит\nв лесу',
    sought: 'елка',
  },
  Ukrainian: { charsets: ['koi8-u', 'windows-1251'], subject: 'Київ', text: 'Їжак і ґанок\nу Києві', sought: 'їжак' },
  Greek: {
    charsets: ['iso-8859-7', 'windows-1253'],
    subject: 'Καλημέρα',
    text: 'Ο Οδυσσεύς στην Ελλάδα\nκαι αλλού',
    sought: 'ΕΛΛΑΔΑ',
  },
  Turkish: {
    charsets: ['iso-8859-9', 'windows-1254'],
    subject: 'Diyarbakır',
    text: 'Işıklı İstanbul, şirin ağaç\nve çiçek',
    sought: 'istanbul',
  },
  Lithuanian: {
    charsets: ['iso-8859-13', 'windows-1257', 'iso-8859-4'],
    subject: 'Žąsis',
    text: 'Šešios žąsys eina\nį ežerą',
    sought: 'zasys',
  },
  Hebrew: { charsets: ['iso-8859-8', 'windows-1255'], subject: 'שלום', text: 'שלום לכל העולם\nותודה', sought: 'העולם' },
  Arabic: {
    charsets: ['iso-8859-6', 'windows-1256'],
    subject: 'سلام',
    text: 'السلام عليكم جميعا\nوشكرا',
    sought: 'عليكم',
  },
  Thai: { charsets: ['tis-620', 'windows-874'], subject: 'สวัสดี', text: 'พรุ่งนี้เจอกันที่สถานี\nรถไฟ', sought: 'สถานี' },
  Chinese: {
    charsets: ['gb2312', 'gbk', 'gb18030'],
    subject: '台北之行',
    text: '我们明天去北京车站见面吧\n再见',
    sought: '车站',
  },
  Taiwanese: {
    charsets: ['big5', 'big5-hkscs'],
    subject: '臺北',
    text: '我們明天去臺北車站見面\n再見',
    sought: '車站',
  },
  Japanese: {
    charsets: ['shift_jis', 'euc-jp', 'iso-2022-jp'],
    subject: '会議のお知らせ',
    text: '東京タワーで会いましょう\n明日',
    sought: 'タワー',
  },
  Korean: {
    charsets: ['euc-kr', 'ks_c_5601-1987'],
    subject: '회의',
    text: '서울회의 일정입니다\n내일',
    sought: '회의',
  },
};

const names: Readonly<Record<string, string>> = {
  'us-ascii': 'windows-1252',
  'unknown-8bit': 'windows-1252',
  'ks_c_5601-1987': 'euc-kr',
};

/** The same letters in seven bits, between shifts: row and column of JIS X 0208 as in EUC. */
const shifted = (text: string): Buffer =>
  Buffer.from(
    iconv
      .encode(text, 'euc-jp')
      .toString('latin1')
      .replace(/[\x80-\xff]+/g, (octets) => {
        const seven = Buffer.from(octets, 'latin1').map((octet) => octet & 0x7f);
        return `\x1b$B${Buffer.from(seven).toString('latin1')}\x1b(B`;
      }),
    'latin1',
  );

const encode = (text: string, charset: string): Buffer =>
  charset === 'iso-2022-jp' ? shifted(text) : iconv.encode(text, names[charset] ?? charset);

const hex = (octet: number): string => octet.toString(16).toUpperCase().padStart(2, '0');
const escaped = (octets: Buffer, mark: string): string => [...octets].map((octet) => mark + hex(octet)).join('');

const transfers: Readonly<Record<string, (octets: Buffer) => string>> = {
  '8bit': (octets) => octets.toString('latin1'),
  base64: (octets) => octets.toString('base64').replace(/.{76}/g, '$&\r\n'),
  'quoted-printable': (octets) =>
    octets
      .toString('latin1')
      .split('\r\n')
      .map((line) => escaped(Buffer.from(line, 'latin1'), '=').replace(/.{72}/g, '$&=\r\n'))
      .join('\r\n'),
};

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const page = (text: string): string => `<p>${text.replace('\n', '<br>')}</p>`;
const references = (html: string): string =>
  html.replace(/[^\0-\x7f]/gu, (character) => `&#${String(character.codePointAt(0))};`);
/** Each line in two, at a place that depends on nothing but its length. */
const flowed = (text: string): string => text.replace(/^(.{3}\S?)(?=\S)/gmu, '$1 \r\n').replace(/(?<!\r)\n/g, '\r\n');

type Form = {
  readonly what: string;
  readonly subject: string;
  readonly fields: readonly string[];
  readonly body: string;
};

const bodyOf = (type: string, encoding: string, octets: Buffer): { fields: string[]; body: string } => ({
  fields: [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`],
  body: transfers[encoding]!(octets),
});

const encodedWords = (text: string, charset: string, encoding: 'b' | 'q'): string => {
  const octets = encode(text, charset);
  return `=?${charset}?${encoding}?${encoding === 'b' ? octets.toString('base64') : escaped(octets, '=')}?=`;
};

/** In each charset under each transfer encoding. */
function formsOfCharset(letter: Letter, charset: string, index: number): Form[] {
  return Object.keys(transfers).map((encoding, at) => ({
    what: `${charset} in ${encoding}`,
    subject: encodedWords(letter.subject, charset, (index + at) % 2 === 0 ? 'b' : 'q'),
    ...bodyOf(`text/plain; charset=${charset}`, encoding, encode(crlf(letter.text), charset)),
  }));
}

/** In other forms, in UTF-8. */
function otherForms({ subject, text }: Letter): Form[] {
  const utf8 = (written: string): Buffer => Buffer.from(written, 'utf8');
  const raw = utf8(subject).toString('latin1');
  const [first, second] = [subject.slice(0, 2), subject.slice(2)];
  const plain = bodyOf('text/plain; charset=utf-8', 'base64', utf8(crlf(text)));
  const html = bodyOf('text/html; charset=utf-8', 'quoted-printable', utf8(page(text)));
  const part = ({ fields, body }: { fields: string[]; body: string }): string =>
    ['--b', ...fields, '', body, ''].join('\r\n');
  const several = (...parts: { fields: string[]; body: string }[]): { fields: string[]; body: string } => ({
    fields: ['Content-Type: multipart/alternative; boundary=b'],
    body: `${parts.map(part).join('')}--b--`,
  });
  return [
    { what: 'nothing declared', subject: raw, fields: ['X: y'], body: utf8(crlf(text)).toString('latin1') },
    {
      what: 'two encoded words',
      subject: `=?utf-8?b?${utf8(first).toString('base64')}?=\r\n =?UTF-8*x?Q?${escaped(utf8(second), '=')}?=`,
      ...plain,
    },
    { what: 'a page alone', subject: raw, ...html },
    {
      what: 'a page of references',
      subject: raw,
      ...bodyOf('text/html; charset=us-ascii', '8bit', utf8(references(page(text)))),
    },
    { what: 'alternatives', subject: raw, ...several(plain, html) },
    { what: 'a blank alternative', subject: raw, ...several(bodyOf('text/plain', '8bit', utf8(' ')), html) },
    {
      what: 'flowed',
      subject: raw,
      ...bodyOf('text/plain; charset=utf-8; format=flowed; delsp=yes', '8bit', utf8(flowed(text))),
    },
    {
      what: 'taken apart',
      subject: `=?utf-8?b?${utf8(subject.normalize('NFD')).toString('base64')}?=`,
      ...bodyOf('text/plain; charset=utf-8', 'base64', utf8(crlf(text.normalize('NFD')))),
    },
    {
      what: 'UTF-16',
      subject: raw,
      ...bodyOf('text/plain; charset=utf-16', 'base64', Buffer.from(`\ufeff${crlf(text)}`, 'utf16le')),
    },
  ];
}

let network: LoopbackNetwork;
let clock: SettableClock;
let bob: TestCore;
let b: Identity;
let key: PublicKeyBlock;
let alice: Attacker;

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  bob = await makeTestCore(network, { clock });
  b = await makeIdentity(bob, 'bob');
  key = binaryKey((await bob.call('identities.exportPublicKey', { identityId: b.id })).key);
  alice = await makeAttacker({ localPart: 'alice', now: clock.now() });
  await bob.call('contacts.add', { identityId: b.id, address: alice.address, name: 'Alice' });
});
afterAll(async () => {
  await bob.remove();
  await network.stop();
});

/** Sends it as Alice, with a file whose name is the subject in that charset (RFC 2231), in two sections. */
async function send(form: Form, fileName: Buffer, charset: string): Promise<MessageDetail> {
  const message = await alice.message(b.address);
  const half = Math.floor(fileName.length / 2);
  const sections = [fileName.subarray(0, half), fileName.subarray(half)].map((octets) => escaped(octets, '%'));
  const [type = '', ...others] = form.fields;
  const content = [
    `From: ${alice.address}`,
    `To: ${b.address}`,
    `Message-ID: ${message.messageId}`,
    `Date: ${new Date(clock.now()).toUTCString()}`,
    'MIME-Version: 1.0',
    `Subject: ${form.subject}`,
    'Content-Type: multipart/mixed; boundary=o; hp=cipher',
    '',
    '--o',
    type,
    ...others,
    '',
    form.body,
    '--o',
    'Content-Type: application/pdf',
    `Content-Disposition: attachment; filename*1*=${sections[1]!}.pdf;\r\n filename*0*=${charset}''${sections[0]!}`,
    '',
    'x',
    '--o',
    'Content-Type: application/pgp-keys',
    '',
    ...(await alice.pgp.armorPublicKey(alice.keys.publicKey)).split(/\r?\n/),
    '--o--',
    '',
  ].join('\r\n');
  const { secretKey } = alice.keys;
  const sealed = await alice.pgp.seal({
    content: Buffer.from(content, 'latin1'),
    secretKey,
    recipients: [key],
    now: clock.now(),
  });
  const stored = bob.when('message.stored', () => true);
  const peer = await SmtpPeer.at(network, b.onion);
  const said = await peer.transact({
    from: alice.address,
    to: b.address,
    raw: alice.mime.wrapSealed({ message, sealed }),
  });
  peer.close();
  expect([form.what, said.content]).toEqual([form.what, '250 2.0.0 Stored']);
  const { message: summary } = await stored;
  return bob.call('messages.read', { identityId: b.id, messageId: summary.id });
}

const nfc = (text: string): string => text.normalize('NFC').trim();
const seen = ({ summary, text, attachments }: MessageDetail): unknown => ({
  subject: nfc(summary.subject),
  text: nfc(text),
  preview: nfc(summary.preview),
  files: attachments.map(({ filename }) => filename),
});

describe('the same letter', () => {
  it.each(Object.entries(letters))('in %s says the same in every encoding and form', async (_language, letter) => {
    const { charsets, subject, text, sought } = letter;
    const inCharsets = charsets.flatMap((charset, index) =>
      formsOfCharset(letter, charset, index).map((form) => ({ form, charset })),
    );
    const all = [...inCharsets, ...otherForms(letter).map((form) => ({ form, charset: 'utf-8' }))];
    const ids: MessageSummary['id'][] = [];
    for (const { form, charset } of all) {
      const detail = await send(form, encode(subject, charset), charset);
      ids.push(detail.summary.id);
      const expected = { subject, text, preview: text.replace('\n', ' '), files: [`${subject}.pdf`] };
      expect([form.what, seen(detail)]).toEqual([form.what, expected]);
    }
    for (const typed of [sought, sought.normalize('NFD'), sought.toUpperCase()]) {
      const found = await bob.call('messages.search', { identityId: b.id, text: typed, limit: 500 });
      expect(found.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    }
    expect(all.length).toBeGreaterThanOrEqual(10);
  });
});
