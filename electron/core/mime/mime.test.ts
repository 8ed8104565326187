import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../shared/ids';
import type { InnerMessage, OutgoingMessage } from '../ports/mime';
import { createMime } from './create-mime';
import { checkOctets } from './octets/octet-checks';

const onion = (letter: string): string => `${letter.repeat(56)}.onion`;
const address = (local: string, letter = 'a'): MailAddress => MailAddress.parse(`${local}@${onion(letter)}`);
/** No key, but one that names an onion as a User ID does. */
const keyOctets = Buffer.from(`\xc6\x33\x04<alice@${'a'.repeat(56)}.onion>`, 'latin1').toString('base64');
const keyBlock = `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${keyOctets}\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n`;
const mime = createMime();

const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  messageId: `<7f0c2f1e-0000-4000-8000-000000000000@${onion('a')}>`,
  date: Date.UTC(2026, 0, 2, 3, 4, 5),
  from: address('alice'),
  to: [address('bob', 'b')],
  cc: [],
  bcc: [],
  subject: 'Hello',
  text: 'Hello Bob,\n\nhow are you?\n',
  references: [],
  attachments: [],
  keyBlock,
  ...change,
});

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

async function roundTrip(change: Partial<OutgoingMessage>): Promise<Extract<InnerMessage, { outcome: 'parsed' }>> {
  const built = await mime.buildInner(message(change));
  expect(checkOctets(built)).toBeUndefined();
  const parsed = await mime.parseInner(built);
  if (parsed.outcome !== 'parsed') throw new Error(parsed.reason);
  return parsed;
}

describe('the inner entity', () => {
  it('says that its headers are protected and what stands outside', async () => {
    const built = text(await mime.buildInner(message({ cc: [address('carol', 'c')] })));
    expect(built).toMatch(/Content-Type: multipart\/mixed;[^]*hp="?cipher"?;\s+protected-headers="?v1"?/);
    expect(built).toContain('HP-Outer: Subject: [...]');
    expect(built).toMatch(/HP-Outer: From:\s+alice@a{56}\.onion\r\n/);
    expect(built).toContain('Date: Fri, 02 Jan 2026 03:04:05 +0000');
    expect(built).toMatch(/filename=OpenPGP_key\.asc/);
  });

  it('names neither the program nor the machine', async () => {
    const built = text(await mime.buildInner(message()));
    expect(built).not.toMatch(/nodemailer|_NmP|User-Agent|X-Mailer|localhost/i);
  });

  it('brings a page with the pictures that it shows, and names no program then either', async () => {
    const content = new Uint8Array([1, 2, 3]);
    const page = {
      html: '<p>Hello <img src="cid:p@x"></p>',
      attachments: [
        { filename: 'p.png', contentType: 'image/png', contentId: 'p@x', content },
        { filename: 'plan.txt', contentType: 'text/plain', content },
      ],
    };
    const parsed = await roundTrip(page);
    expect(parsed).toMatchObject({
      text: message().text,
      html: page.html,
      attachments: [
        { filename: 'p.png', contentId: 'p@x', inline: true, content },
        { filename: 'plan.txt', inline: false, content },
      ],
    });
    expect(text(await mime.buildInner(message(page)))).not.toMatch(/nodemailer|_NmP|localhost/i);
  });

  it('comes back as it was written', async () => {
    const attachments = [
      {
        filename: 'Übersicht – Jänner 🎉.pdf',
        contentType: 'application/pdf',
        content: Uint8Array.from({ length: 256 }, (_, octet) => octet),
      },
    ];
    const parsed = await roundTrip({
      subject: 'Grüße 🎺 and a very long subject '.repeat(12).trim(),
      cc: [address('carol', 'c')],
      bcc: [address('dave', 'd')],
      inReplyTo: `<one@${onion('b')}>`,
      references: [`<zero@${onion('b')}>`, `<one@${onion('b')}>`],
      attachments,
    });
    expect(parsed).toMatchObject({
      from: address('alice'),
      to: [address('bob', 'b')],
      cc: [address('carol', 'c')],
      bcc: [address('dave', 'd')],
      subject: 'Grüße 🎺 and a very long subject '.repeat(12).trim(),
      date: Date.UTC(2026, 0, 2, 3, 4, 5),
      messageId: message().messageId,
      inReplyTo: `<one@${onion('b')}>`,
      references: [`<zero@${onion('b')}>`, `<one@${onion('b')}>`],
      text: 'Hello Bob,\n\nhow are you?\n',
      headersProtected: true,
    });
    expect(parsed.attachments).toHaveLength(1);
    expect(parsed.attachments[0]).toMatchObject({
      filename: 'Übersicht – Jänner 🎉.pdf',
      contentType: 'application/pdf',
      inline: false,
    });
    expect(Buffer.from(parsed.attachments[0]!.content).equals(Buffer.from(attachments[0]!.content))).toBe(true);
    expect(parsed.keyBlocks.map((block) => text(block).replaceAll('\r\n', '\n').trim())).toEqual([keyBlock.trim()]);
  });

  it('takes a hundred recipients', async () => {
    const to = Array.from({ length: 100 }, (_, index) => address(`person-${String(index)}`, 'abcdefghij'[index % 10]));
    expect((await roundTrip({ to })).to).toEqual(to);
  });

  it('keeps a key that is sent on as a file', async () => {
    const parsed = await roundTrip({
      attachments: [{ filename: 'carol.asc', contentType: 'application/pgp-keys', content: Buffer.from(keyBlock) }],
    });
    expect(parsed.keyBlocks).toHaveLength(1);
    expect(parsed.attachments.map(({ filename }) => filename)).toEqual(['carol.asc']);
  });

  it('keeps large files, each in its place', async () => {
    const large = (seed: number): Uint8Array =>
      Uint8Array.from({ length: 300_000 }, (_, index) => (index * seed) % 251);
    const attachments = [3, 5, 7].map((seed) => ({
      filename: `${String(seed)}.bin`,
      contentType: 'application/octet-stream',
      content: large(seed),
    }));
    const parsed = await roundTrip({ attachments });
    expect(
      parsed.attachments.map(({ filename, content }) => [
        filename,
        Buffer.compare(content, large(Number(filename[0]))),
      ]),
    ).toEqual([
      ['3.bin', 0],
      ['5.bin', 0],
      ['7.bin', 0],
    ]);
  });

  it('keeps calendars and text files as they are', async () => {
    const attachments = ['text/calendar', 'application/ics', 'text/plain', 'text/html', 'text/csv'].map(
      (contentType) => ({
        filename: 'a.txt',
        contentType,
        content: Buffer.from('BEGIN:VCALENDAR\r\nno end\n\n\xff', 'latin1'),
      }),
    );
    const parsed = await roundTrip({ attachments });
    expect(
      parsed.attachments.map(({ contentType, content }) => [contentType, Buffer.from(content).toString('latin1')]),
    ).toEqual(attachments.map(({ contentType, content }) => [contentType, content.toString('latin1')]));
  });

  it('keeps any text and subject', async () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(words, fc.array(words, { maxLength: 30 }), async (subject, lines) => {
        const clean = (given: string): string => given.replace(/[\p{Cc}\p{Surrogate}]/gu, '');
        const body = lines.map(clean).join('\n');
        const parsed = await roundTrip({ subject: clean(subject), text: body });
        expect(parsed.text).toBe(body);
        expect(parsed.subject.replace(/\s+/g, ' ')).toBe(clean(subject).replace(/\s+/g, ' ').trim());
      }),
      { numRuns: 60 },
    );
  });

  it('keeps any file', async () => {
    const file = fc.record({
      filename: fc.string({ minLength: 1, maxLength: 80 }),
      contentType: fc.string({ maxLength: 20 }),
      content: fc.uint8Array({ maxLength: 5_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 4 }), async (attachments) => {
        const parsed = await roundTrip({ attachments });
        expect(parsed.attachments.map(({ content }) => Buffer.from(content).toString('hex'))).toEqual(
          attachments.map(({ content }) => Buffer.from(content).toString('hex')),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('the wrapper', () => {
  const sealed = Buffer.from('-----BEGIN PGP MESSAGE-----\n\nwV4D\n=abcd\n-----END PGP MESSAGE-----\n');

  it('shows bare addresses, no Bcc and no subject', () => {
    const wrapped = text(
      mime.wrapSealed({ message: message({ subject: 'secret', bcc: [address('dave', 'd')] }), sealed }),
    );
    expect(wrapped).toContain(`From: alice@${onion('a')}\r\n`);
    expect(wrapped).toContain('Subject: [...]\r\n');
    expect(wrapped).not.toMatch(/secret|dave|References|In-Reply-To/);
    expect(wrapped.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('is read again, for any number of recipients', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100), fc.nat(30), async (to, cc) => {
        const list = (count: number): MailAddress[] =>
          Array.from({ length: count }, (_, index) => address(`p${String(index)}`, 'b'));
        const raw = mime.wrapSealed({ message: message({ to: list(to), cc: list(cc) }), sealed });
        const outer = await mime.parseOuter(raw);
        expect(outer).toMatchObject({ outcome: 'sealed', from: address('alice'), messageId: message().messageId });
        if (outer.outcome === 'sealed')
          expect(text(outer.sealed).replaceAll('\r\n', '\n').trim()).toBe(text(sealed).trim());
      }),
      { numRuns: 30 },
    );
  });
});
