import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { cleanPage, cleanText, escapeHtml, namesOnion, octetsNameOnion } from './clean-leaving';

const gateway = MailAddress.parse(`gateway@${'g'.repeat(56)}.onion`);
const participant = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
const names = {
  ...{ gateway, participant, alias: 'mbcd@example.org', correspondent: 'carol@example.com' },
  note: ['FROM OUTSIDE', 'From: "C" <carol@example.com>', ''],
};
const tagged = gateway.replace('@', '+dave=example.net@');

describe('what leaves', () => {
  it.each([
    [participant, 'mbcd@example.org'],
    [participant.replace('@', '+news@').toUpperCase(), 'mbcd@example.org'],
    [tagged, 'dave@example.net'],
    [`<mailto:${tagged}>`, '<mailto:dave@example.net>'],
    [gateway, 'carol@example.com'],
    [gateway.replace('@', '+all@'), 'carol@example.com'],
    [`> FROM OUTSIDE\n>> From: "C" <carol@example.com>\n> Hi`, '> Hi'],
    ['a\n\nb', 'a\n\nb'],
  ])('has in place of %j %j', (text, cleaned) => {
    expect(cleanText(text, names)).toBe(cleaned);
  });

  it('has no note in its page', () => {
    const page = `<p>${escapeHtml('From: "C" <carol@example.com>')}</p><p>${participant}</p>`;
    expect(cleanPage(page, names)).toBe('<p></p><p>mbcd@example.org</p>');
  });

  it.each([
    'b'.repeat(56),
    `x@${'B'.repeat(56)}.ONION`,
    `${'b'.repeat(20)}<i></i>${'b'.repeat(36)}.onion`,
    `${'b'.repeat(55)}&#98;.onion`,
    `${'b'.repeat(55)}&#x62;`,
    `${'b'.repeat(20)}\u200b${'b'.repeat(36)}`,
  ])('is found to name an onion: %s', (text) => {
    expect(namesOnion(text)).toBe(true);
  });

  it.each(['b'.repeat(55), 'b'.repeat(57), `${'0'.repeat(56)}.onion`, 'the onion.', 'a'.repeat(64)])(
    'is not: %s',
    (text) => {
      expect(namesOnion(text)).toBe(false);
    },
  );

  it('is found in files, in one octet a letter or two', () => {
    const onion = `${'b'.repeat(56)}.onion`;
    expect(octetsNameOnion(Buffer.from(` ${onion} `))).toBe(true);
    expect(octetsNameOnion(Buffer.from(` ${onion} `, 'utf16le'))).toBe(true);
    expect(octetsNameOnion(Buffer.from('apples'))).toBe(false);
  });
});
