import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { buildBounce } from './build-bounce';

const mailbox = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
const messageId = `<7f0c2f1e-0000-4000-8000-000000000000@${'a'.repeat(56)}.onion>`;
const date = Date.UTC(2026, 0, 2, 3, 4, 5);
const build = (o: { subject?: string; text?: string }): Uint8Array =>
  buildBounce({ mailbox, messageId, date, subject: 'Not delivered: Cider', text: 'It is kept.\n', ...o });
const lines = (raw: Uint8Array): string[] => new TextDecoder().decode(raw).split('\r\n');

describe('a bounce', () => {
  it('says from whom it is, to whom and of when', async () => {
    const raw = build({});
    expect(await PostalMime.parse(raw)).toMatchObject({
      from: { address: mailbox },
      to: [{ address: mailbox }],
      messageId,
      subject: 'Not delivered: Cider',
      text: 'It is kept.\n',
    });
    expect(lines(raw)).toContain('Date: Fri, 02 Jan 2026 03:04:05 +0000');
    expect(new TextDecoder().decode(raw)).not.toMatch(/nodemailer|X-Mailer|localhost/i);
  });

  it('reads as it was written, with no line over what RFC 5322 and RFC 2047 allow', async () => {
    const subject = `Not delivered: ${'Größe der Äpfel 🍏 '.repeat(20)}end`;
    const text = `> ${'long '.repeat(500)}\n> Grüße 🍏\n\n.\nFrom here\n`;
    const raw = build({ subject, text });
    expect(await PostalMime.parse(raw)).toMatchObject({ subject, text });
    for (const line of lines(raw)) expect(line.length).toBeLessThanOrEqual(998);
    for (const [word] of new TextDecoder().decode(raw).matchAll(/=\?UTF-8\?\S+\?=/g))
      expect(word.length).toBeLessThanOrEqual(75);
    expect([...raw].every((octet) => octet < 128)).toBe(true);
  });

  it('lets no subject write a field of its own', async () => {
    const raw = build({ subject: 'Not delivered: a\r\nBcc: mallory@example.org\r\n\r\nbody' });
    const parsed = await PostalMime.parse(raw);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.text).toBe('It is kept.\n');
  });

  it('keeps a subject within bounds, and no half of a character', async () => {
    const { subject = '' } = await PostalMime.parse(build({ subject: `${'a'.repeat(499)}🍏🍏` }));
    expect(subject).toBe(`${'a'.repeat(499)}\ufffd`);
  });
});
