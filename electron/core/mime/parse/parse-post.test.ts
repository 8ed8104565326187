import { describe, expect, it } from 'vitest';
import { MailAddress } from '../../../../shared/ids';
import { createMime } from '../create-mime';

const mime = createMime();
const from = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
const signature = Buffer.from('-----BEGIN PGP SIGNATURE-----\r\n\r\nwsE=\r\n=abcd\r\n-----END PGP SIGNATURE-----\r\n');
const long = 'Über die Probe am nächsten Donnerstag im Gemeindehaus, und was wir dafür noch alles mitbringen sollten';
const entity = await mime.buildPost({
  messageId: `<1@${'a'.repeat(56)}.onion>`,
  date: 1_780_000_000_000,
  from,
  to: `choir@${'b'.repeat(52)}.posthorn.alt`,
  subject: long,
  text: 'Grüße\n-- \nA line that ends in blanks   \nFrom here on.',
  references: ['<2@c>', '<3@c>'],
  inReplyTo: '<3@c>',
  keyBlock: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEXg4=\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n',
});
const whole = Buffer.from(mime.wrapSigned({ entity, signature })).toString('latin1');

const parse = (text: string) => mime.parsePost(Buffer.from(text, 'latin1'));

describe('a post', () => {
  it('holds what is signed octet for octet, with the fields that stand outside', async () => {
    const post = await parse(whole);
    if (post.outcome === 'refused') throw new Error(post.reason);
    expect(Buffer.from(post.content).equals(Buffer.from(entity))).toBe(true);
    expect(Buffer.from(post.signature).toString().trim()).toBe(signature.toString().trim());
    expect(post.to).toBe(`choir@${'b'.repeat(52)}.posthorn.alt`);
    const read = await mime.parseInner(post.content);
    expect(read).toMatchObject({ from, to: [], subject: long, references: ['<2@c>', '<3@c>'] });
    expect(read).toMatchObject({ text: 'Grüße\n-- \nA line that ends in blanks   \nFrom here on.' });
    // RFC 3156 3: nothing in it that a relay might change.
    const text = Buffer.from(entity).toString('latin1');
    expect(text).not.toMatch(/[^\r\n\x20-\x7e]|[ \t]\r\n/);
  });

  it.each([
    ['another subject outside', (text: string) => text.replace('Subject: ', 'Subject: Not ')],
    ['another author outside', (text: string) => text.replace('From: alice', 'From: mallory')],
    ['a field outside alone', (text: string) => `Reply-To: x@y\r\n${text}`],
    ['a preamble', (text: string) => text.replace(/\r\n\r\n--/, '\r\n\r\nLook here\r\n--')],
    ['no signature', (text: string) => text.replace('application/pgp-signature; name', 'text/plain; name')],
    ['another form', (text: string) => text.replace('multipart/signed', 'multipart/mixed')],
    ['another protocol', (text: string) => text.replace('protocol="application/pgp-signature"', 'protocol="x/y"')],
    ['bare line ends', (text: string) => text.replace(/\r\n/, '\n')],
    ['nothing', () => ''],
    ['only its signed part', () => Buffer.from(entity).toString('latin1')],
  ])('is refused with %s', async (_what, change) => {
    expect(change(whole)).not.toBe(whole);
    expect(await parse(change(whole))).toMatchObject({ outcome: 'refused' });
  });
});
