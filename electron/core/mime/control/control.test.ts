import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AgreementId, MailAddress, OnionHost } from '../../../../shared/ids';
import { defaultHoldTerms } from '../../../../shared/custody';
import type { ControlMessage } from '../../../../shared/wire/control-message';
import { MAX_CONTROL_BYTES } from '../../domain/limits';
import type { InnerMessage, OutgoingMessage } from '../../ports/mime';
import { createMime } from '../create-mime';
import { checkOctets } from '../octets/octet-checks';

const mime = createMime();
const onion = `${'a'.repeat(56)}.onion`;
const address = (local: string): MailAddress => MailAddress.parse(`${local}@${onion}`);
const keyBlock = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxjMEXg4=\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n';
const agreementId = AgreementId.parse('7f0c2f1e-0000-4000-8000-000000000000');
const messageId = `<7f0c2f1e-0000-4000-8000-000000000000@${onion}>`;
const at = 1_780_000_000_123;

const message = (control?: ControlMessage): OutgoingMessage => ({
  messageId: `<1@${onion}>`,
  date: at,
  from: address('alice'),
  to: [address('bob')],
  cc: [],
  bcc: [],
  subject: 'Delivery report',
  text: 'Your message has arrived at my computer.\n',
  references: [],
  attachments: [],
  keyBlock,
  ...(control ? { control } : {}),
});

type Parsed = Extract<InnerMessage, { outcome: 'parsed' }>;
const built = async (control: ControlMessage): Promise<string> =>
  Buffer.from(await mime.buildInner(message(control))).toString('latin1');

async function parsed(text: string): Promise<Parsed> {
  const read = await mime.parseInner(Buffer.from(text, 'latin1'));
  if (read.outcome !== 'parsed') throw new Error(read.reason);
  return read;
}

const controlIn = async (text: string): Promise<ControlMessage | undefined> => (await parsed(text)).control;

const controls: ControlMessage[] = [
  {
    kind: 'hold.ask',
    agreement: {
      id: agreementId,
      client: address('bob'),
      holder: address('alice'),
      terms: defaultHoldTerms,
      from: at,
      until: at + 1,
    },
    signature: 'A'.repeat(86),
  },
  { kind: 'hold.answer', agreementId, signature: 'A'.repeat(86) },
  { kind: 'hold.answer', agreementId },
  { kind: 'hold.end', agreementId },
  { kind: 'hold.tokens', agreementId, issuedAt: at, hashes: Buffer.alloc(512 * 16, 7).toString('base64') },
  { kind: 'hold.expired', agreementId, count: 3, since: at },
  {
    kind: 'hold.card',
    card: {
      issuedAt: at,
      tokenSeed: Buffer.alloc(32, 1).toString('base64'),
      holders: [{ onion: OnionHost.parse(onion), until: at }],
    },
  },
  { kind: 'missing', messageIds: [messageId], holder: OnionHost.parse(onion) },
  { kind: 'receipt', messageId, at, action: 'delivered' },
  { kind: 'receipt', messageId, at, action: 'failed' },
  { kind: 'receipt', messageId, at, action: 'expired' },
  { kind: 'read', messageId, at },
  {
    kind: 'door',
    issuedAt: at,
    door: { onion: OnionHost.parse(onion), authKey: Buffer.alloc(32, 2).toString('base64'), signature: 'A'.repeat(86) },
  },
  { kind: 'door', issuedAt: at, door: null },
];
const receipt: ControlMessage = { kind: 'receipt', messageId, at, action: 'delivered' };
const end: ControlMessage = { kind: 'hold.end', agreementId };

describe('a control message', () => {
  it.each(controls.map((control) => [control.kind, control] as const))(
    'comes back as it was written: %s',
    async (_kind, control) => {
      const inner = await mime.buildInner(message(control));
      expect(checkOctets(inner)).toBeUndefined();
      const read = await parsed(Buffer.from(inner).toString('latin1'));
      expect(read.control).toEqual(control);
      expect(read).toMatchObject({
        text: message().text,
        subject: 'Delivery report',
        headersProtected: true,
        from: address('alice'),
      });
      expect(read.keyBlocks).toHaveLength(1);
    },
  );

  it('comes back at any time and of any message', async () => {
    const id = fc.stringMatching(/^<[a-z0-9.+=_-]{1,150}@[a-z0-9.-]{1,110}>$/);
    await fc.assert(
      fc.asyncProperty(
        id,
        fc.nat({ max: 253_402_300_799_999 }),
        fc.constantFrom('delivered' as const, 'failed' as const, 'expired' as const),
        async (of, time, action) => {
          const made: ControlMessage = { kind: 'receipt', messageId: of, at: time, action };
          expect(await controlIn(await built(made))).toEqual(made);
          const seen: ControlMessage = { kind: 'read', messageId: of, at: time };
          expect(await controlIn(await built(seen))).toEqual(seen);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of the largest kind comes back', async () => {
    const control: ControlMessage = {
      kind: 'hold.tokens',
      agreementId,
      issuedAt: at,
      hashes: Buffer.alloc(65_536 * 16, 9).toString('base64'),
    };
    expect(await controlIn(await built(control))).toEqual(control);
  });

  it('is a report as RFC 3464 and RFC 8098 have it', async () => {
    const delivered = await built({ kind: 'receipt', messageId, at, action: 'delivered' });
    expect(delivered).toMatch(/Content-Type: multipart\/report; report-type=delivery-status;/);
    expect(delivered).toMatch(
      new RegExp(
        `\r\n\r\nReporting-MTA: dns; ${onion}\r\n\r\nFinal-Recipient: rfc822; alice@${onion}\r\nAction: delivered\r\nStatus: 2\\.0\\.0\r\n`,
      ),
    );
    expect(delivered).toMatch(
      new RegExp(`Content-Type: text/rfc822-headers\r\n[^]*\r\n\r\nMessage-ID: ${messageId}\r\n`),
    );
    expect(await built({ kind: 'receipt', messageId, at, action: 'failed' })).toMatch(
      /Action: failed\r\nStatus: 5\.0\.0\r\n/,
    );
    expect(await built({ kind: 'receipt', messageId, at, action: 'expired' })).toMatch(
      /Action: failed\r\nStatus: 4\.4\.7\r\n/,
    );
    const seen = await built({ kind: 'read', messageId, at });
    expect(seen).toMatch(/Content-Type: multipart\/report; report-type=disposition-notification;/);
    expect(seen).toContain(
      `Original-Message-ID: ${messageId}\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n`,
    );
  });

  it('shows nothing outside of its seal', () => {
    const wrapped = Buffer.from(
      mime.wrapSealed({ message: message(receipt), sealed: Buffer.from('-----BEGIN') }),
    ).toString('latin1');
    expect(wrapped).not.toMatch(/posthorn|report|note/i);
  });
});

describe('a control message that no reader would take', () => {
  const wrong = [
    { ...receipt, messageId: '<a@b>\r\nAction: failed' },
    { ...receipt, messageId: '<a@b>, <c@d>' },
    { ...receipt, messageId: `<${'x'.repeat(400)}@y>` },
    { ...receipt, messageId: '<ü@y>' },
    { ...receipt, action: 'delivered\r\nStatus: 5.0.0' },
    { ...receipt, at: 1.5 },
    { kind: 'read', messageId: '<a\r\n\r\n@b>', at },
    { kind: 'hold.tokens', agreementId, issuedAt: at, hashes: 'A'.repeat(MAX_CONTROL_BYTES) },
    { kind: 'hold.end', agreementId, more: 1 },
    { kind: 'unheard-of' },
  ];
  it.each(wrong.map((control) => [control] as const))('is not written: %#', async (control) => {
    await expect(mime.buildInner(message(control as unknown as ControlMessage))).rejects.toMatchObject({
      code: 'internal',
    });
  });
});

describe('what is only an ordinary message', () => {
  const change = async (
    control: ControlMessage,
    ...changes: [RegExp | string, string][]
  ): Promise<ControlMessage | undefined> => {
    const text = await built(control);
    const changed = changes.reduce((all, [from, to]) => all.replace(from, to), text);
    expect(changed).not.toBe(text);
    return controlIn(changed);
  };
  const withJson = (json: string | Buffer): Promise<ControlMessage | undefined> =>
    change(end, [
      Buffer.from(JSON.stringify(end)).toString('base64').replace(/.{76}/g, '$&\r\n'),
      Buffer.from(json).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ]);

  it.each(['<\u00fc@b>', '<a\u0007@b>', '<a@b\u007f>', '<a\u00a0@b>', `<${'x'.repeat(399)}@b>`])(
    'names a message as no header does: %j',
    async (id) => {
      expect(await change(receipt, [`\r\n\r\nMessage-ID: ${messageId}`, `\r\n\r\nMessage-ID: ${id}`])).toBeUndefined();
      const read: ControlMessage = { kind: 'read', messageId, at };
      expect(await change(read, [`Original-Message-ID: ${messageId}`, `Original-Message-ID: ${id}`])).toBeUndefined();
      const missing = { kind: 'missing', messageIds: [id] };
      expect(await withJson(JSON.stringify(missing))).toBeUndefined();
      expect(await withJson(JSON.stringify({ ...missing, messageIds: [messageId] }))).toBeDefined();
    },
  );

  it('has no mark in its header, another, or two', async () => {
    for (const control of [receipt, end]) {
      expect(await change(control, ['Posthorn-Note: 1\r\n', ''])).toBeUndefined();
      expect(await change(control, ['Posthorn-Note: 1', 'Posthorn-Note: 2'])).toBeUndefined();
      expect(await change(control, ['Posthorn-Note: 1', 'Posthorn-Note: 1\r\nposthorn-note: 1'])).toBeUndefined();
      expect(
        await change(
          control,
          ['Posthorn-Note: 1\r\n', ''],
          ['Content-Type: text/plain', 'Posthorn-Note: 1\r\nContent-Type: text/plain'],
        ),
      ).toBeUndefined();
    }
  });

  it('has a mark alone', async () => {
    const text = Buffer.from(await mime.buildInner(message())).toString('latin1');
    expect(await controlIn(text.replace('MIME-Version', 'Posthorn-Note: 1\r\nMIME-Version'))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', '""'],
    ['another kind', '{"kind":"other"}'],
    ['a field more', JSON.stringify({ ...end, more: 1 })],
    ['what has a form of its own', JSON.stringify(receipt)],
    ['a read receipt', JSON.stringify({ kind: 'read', messageId, at })],
    ['a bomb of brackets', '['.repeat(1_000_000)],
    ['a bomb of objects', '{"a":'.repeat(200_000)],
    ['a prototype', `{"__proto__":${JSON.stringify(end)}}`],
    ['a byte order mark', `\ufeff${JSON.stringify(end)}`],
    ['more than a control message may be', JSON.stringify(end) + ' '.repeat(MAX_CONTROL_BYTES)],
    ['white space without end', JSON.stringify(end) + '\n'.repeat(2 * MAX_CONTROL_BYTES)],
  ])('has %s for JSON', async (_what, json) => {
    expect(await withJson(`${JSON.stringify(end)} `)).toEqual(end);
    expect(await withJson(json)).toBeUndefined();
  });

  it('has octets that are no text', async () => {
    expect(
      await withJson(
        Buffer.concat([
          Buffer.from(JSON.stringify(end).slice(0, -1)),
          Buffer.from([0x2c, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
        ]),
      ),
    ).toBeUndefined();
  });

  it('has the JSON twice, elsewhere, or in another encoding', async () => {
    const text = await built(end);
    const own = /--[0-9a-f]{36}\r\nContent-Type: application\/vnd\.posthorn[^]*?(?=\r\n--)/.exec(text)?.[0] ?? '';
    expect(own).not.toBe('');
    expect(await controlIn(text.replace(own, `${own}\r\n${own}`))).toBeUndefined();
    expect(await change(end, ['Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: 7bit'])).toBeUndefined();
    expect(await change(end, ['vnd.posthorn.note+json', 'json'])).toBeUndefined();
  });

  const spoils: [string, RegExp | string, string][] = [
    ['another Action', 'Action: delivered', 'Action: delayed'],
    ['a Status that does not go with it', 'Status: 2.0.0', 'Status: 5.0.0'],
    ['two Actions', 'Action: delivered', 'Action: delivered\r\nAction: failed'],
    ['two times', /X-Posthorn-At: (\d+)/, 'X-Posthorn-At: $1\r\nX-Posthorn-At: 1'],
    ['no time', /X-Posthorn-At: \d+\r\n/, ''],
    ['a time that is none', /X-Posthorn-At: \d+/, 'X-Posthorn-At: 1e9'],
    ['a time without end', /X-Posthorn-At: \d+/, `X-Posthorn-At: ${'9'.repeat(900)}`],
    [
      'two recipients',
      'Action: delivered',
      `Action: delivered\r\n\r\nFinal-Recipient: rfc822; eve@${onion}\r\nAction: failed`,
    ],
    ['a line that is no field', 'Action: delivered', 'Action: delivered\r\nhello'],
    ['no fields of the message', /Reporting-MTA: .*\r\n\r\n/, ''],
    ['two Message-IDs', /\r\n\r\nMessage-ID: (.*)\r\n/, '\r\n\r\nMessage-ID: $1\r\nMessage-ID: <x@y>\r\n'],
    ['no Message-ID', /\r\n\r\nMessage-ID: (.*)\r\n/, '\r\n\r\nX-Other: $1\r\n'],
    ['a Message-ID with more', /\r\n\r\nMessage-ID: (.*)\r\n/, '\r\n\r\nMessage-ID: $1 <x@y>\r\n'],
    ['another type of report', 'report-type=delivery-status', 'report-type=feedback-report'],
    ['other parts', 'text/rfc822-headers', 'text/plain'],
    ['an encoded part', /(message\/delivery-status\r\nContent-Transfer-Encoding:) 7bit/, '$1 base64'],
    ['a part without end', 'Action: delivered', `Action: delivered${'\r\nX-More: yes'.repeat(1_000)}`],
  ];
  it.each(spoils)('has a report with %s', async (_what, from, to) => {
    expect(await change(receipt, [from, to])).toBeUndefined();
  });

  it('has a read receipt of another kind', async () => {
    const seen: ControlMessage = { kind: 'read', messageId, at };
    expect(await change(seen, ['; displayed', '; deleted'])).toBeUndefined();
    expect(
      await change(seen, ['Original-Message-ID: ', `Original-Message-ID: <x@y>\r\nOriginal-Message-ID: `]),
    ).toBeUndefined();
    expect(await change(seen, ['Disposition:', '\r\nDisposition:'])).toBeUndefined();
    expect(await change(seen, ['report-type=disposition-notification', 'report-type=delivery-status'])).toBeUndefined();
  });
});
