import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MailAddress, type OnionHost } from '../../../../shared/ids';
import type { CustodyReceipt } from '../../domain/custody/custody';
import type { HeldEnvelope } from '../../ports/mime';
import { createMime } from '../create-mime';

const mime = createMime();
const onion = `${'a'.repeat(56)}.onion`;
const to = MailAddress.parse(`bob@${onion}`);
const armored = '-----BEGIN PGP MESSAGE-----\r\n\r\nwV4D\r\n=abcd\r\n-----END PGP MESSAGE-----\r\n';
const DATE = Date.UTC(2026, 4, 17, 22, 20, 30, 400);
const receipt: CustodyReceipt = {
  holder: `${'h'.repeat(56)}.onion` as OnionHost,
  client: onion as OnionHost,
  custodyId: '7f0c2f1e-0000-4000-8000-000000000000' as CustodyReceipt['custodyId'],
  digest: 'ab'.repeat(32),
  at: 1_780_000_000_000,
  until: 1_781_000_000_000,
  signature: 'A'.repeat(86),
};

const held = mime.wrapHeldEnvelope({ to, date: DATE, sealed: Buffer.from(armored) });
const heldText = Buffer.from(held).toString('latin1');
const marked = mime.markEnvelope({ held, receipt, left: 3 });
const markedText = Buffer.from(marked).toString('latin1');
const mark = markedText.slice(0, markedText.length - heldText.length);

const parse = (text: string): Promise<HeldEnvelope> => mime.parseHeldEnvelope(Buffer.from(text, 'latin1'));
const refusal = async (text: string): Promise<string> => {
  const read = await parse(text);
  return read.outcome === 'refused' ? read.reason : 'envelope';
};

async function read(raw: Uint8Array): Promise<Extract<HeldEnvelope, { outcome: 'envelope' }>> {
  const envelope = await mime.parseHeldEnvelope(raw);
  if (envelope.outcome === 'refused') throw new Error(envelope.reason);
  return envelope;
}

describe('an envelope', () => {
  it('names its recipient and the day, and nothing else', () => {
    const header = heldText.slice(0, heldText.indexOf('MIME-Version'));
    expect(header).toMatch(
      new RegExp(
        `^From: sealed@${onion}\r\nTo: bob@${onion}\r\nSubject: \\[\\.\\.\\.\\]\r\nDate: Sun,\r\n 17 May 2026 00:00:00 \\+0000\r\nMessage-ID: <[0-9a-f]{32}@${onion}>\r\n$`,
      ),
    );
  });

  it('never has the same Message-ID or boundary', () => {
    const again = Buffer.from(mime.wrapHeldEnvelope({ to, date: DATE, sealed: Buffer.from(armored) })).toString(
      'latin1',
    );
    for (const pattern of [/<[0-9a-f]{32}@/, /boundary="[0-9a-f]+"/])
      expect(pattern.exec(again)?.[0]).not.toBe(pattern.exec(heldText)?.[0]);
  });

  it('is read without a mark', async () => {
    const envelope = await read(held);
    expect(envelope).toMatchObject({ outcome: 'envelope', to });
    expect(envelope.mark).toBeUndefined();
    expect(Buffer.compare(envelope.held, held)).toBe(0);
    expect(Buffer.from(envelope.sealed).toString('latin1').trim()).toBe(armored.trim());
  });

  it('is an ordinary sealed message too', async () => {
    expect(await mime.parseOuter(marked)).toMatchObject({ outcome: 'sealed', from: `sealed@${onion}` });
  });
});

describe('a mark', () => {
  it('is one short folded field on top', () => {
    expect(mark.split('\r\n').every((line) => line.length <= 100)).toBe(true);
    expect(mark).toMatch(/^Posthorn-Custody: h{56}\.onion\r\n [^\r\n]+\r\n [^\r\n]+; left=3\r\n$/);
    expect(markedText.endsWith(heldText)).toBe(true);
  });

  it('comes back with the same octets below it, whatever they are', async () => {
    const { digest, client, ...told } = receipt;
    expect([digest, client]).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ at: fc.nat(), until: fc.nat(), custodyId: fc.uuid(), left: fc.nat(999_999) }),
        fc.stringMatching(/^[A-Za-z0-9_-]{86}$/),
        fc.array(fc.stringMatching(/^[ -~]{0,80}$/), { maxLength: 8 }),
        async ({ left, ...facts }, signature, lines) => {
          const sealed = Buffer.from(lines.map((line) => `${line.replace(/^-+/, '')}\r\n`).join(''));
          const made = { ...receipt, ...facts, signature } as CustodyReceipt;
          const kept = mime.wrapHeldEnvelope({ to, date: facts.at, sealed });
          const envelope = await read(mime.markEnvelope({ held: kept, receipt: made, left }));
          expect(Buffer.compare(envelope.held, kept)).toBe(0);
          expect(envelope.mark).toEqual({ left, receipt: { ...told, ...facts, signature } });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is not written for a receipt that adds lines', () => {
    const wrong: Partial<Record<keyof CustodyReceipt, unknown>>[] = [
      { holder: `${onion}\r\nFrom: eve@x` },
      { custodyId: `${receipt.custodyId}\r\n\r\n` },
      { signature: `${'A'.repeat(84)}\r\n` },
      { signature: `A\r\n ${'A'.repeat(83)}` },
      { at: -1 },
      { until: 1e300 },
      { at: '1\r\nX: y' },
    ];
    for (const change of wrong) {
      expect(() => mime.markEnvelope({ held, receipt: { ...receipt, ...change } as CustodyReceipt, left: 1 })).toThrow(
        expect.objectContaining({ code: 'internal' }),
      );
    }
    expect(() => mime.markEnvelope({ held, receipt, left: -1 })).toThrow(expect.objectContaining({ code: 'internal' }));
  });

  it.each([
    ['twice', mark + mark + heldText, 'not-sealed'],
    ['twice in other letters', mark + mark.replace('Posthorn', 'POSTHORN') + heldText, 'not-sealed'],
    ['below another field', `X-Seen: yes\r\n${mark}${heldText}`, 'not-sealed'],
    ['among the other fields', heldText.replace('To: ', `${mark}To: `), 'not-sealed'],
    ['below From', heldText.replace('MIME-Version', `${mark}MIME-Version`), 'not-sealed'],
    ['with a space before its colon', mark.replace(':', ' :') + heldText, 'malformed'],
    ['with a signature too short', mark.replace('AAA;', 'AA;') + heldText, 'malformed'],
    ['with a holder that is none', mark.replace('hhh', 'h1h') + heldText, 'malformed'],
    ['with an id that is none', mark.replace('7f0c2f1e-', '-7f0c2f1e') + heldText, 'malformed'],
    ['with something after it', mark.replace('left=3', 'left=3; more=1') + heldText, 'malformed'],
    ['without how many are left', mark.replace('; left=3', '') + heldText, 'malformed'],
    ['with an endless number', mark.replace('left=3', `left=${'9'.repeat(40)}`) + heldText, 'malformed'],
    ['empty', `Posthorn-Custody:\r\n${heldText}`, 'malformed'],
    ['folded without end', mark.replace('\r\n ', `\r\n ${'\r\n '.repeat(1_000)}`) + heldText, 'malformed'],
    ['in one line without end', `Posthorn-Custody: ${'a'.repeat(2_000)}\r\n${heldText}`, 'line-too-long'],
    ['with nothing below it', mark, 'malformed'],
    ['with an empty line below it', `${mark}\r\n${heldText}`, 'not-sealed'],
    ['with a bare line end', mark.replace('\r\n ', '\n ') + heldText, 'line-endings'],
    ['with a NUL', mark.replace('left', '\0eft') + heldText, 'nul'],
  ])('is refused %s', async (_what, text, reason) => {
    expect(await refusal(text)).toBe(reason);
  });
});

describe('what is no envelope', () => {
  const withoutField = (name: string): string => heldText.replace(new RegExp(`^${name}:.*\r\n`, 'm'), '');
  it.each([
    ['from somebody', heldText.replace('From: sealed@', 'From: alice@'), 'not-sealed'],
    ['from another onion', heldText.replace(`sealed@${onion}`, `sealed@${'b'.repeat(56)}.onion`), 'not-sealed'],
    ['from a sender with a name', heldText.replace(`sealed@${onion}`, `Nobody <sealed@${onion}>`), 'not-sealed'],
    ['to two', heldText.replace(`To: ${to}`, `To: ${to}, carol@${onion}`), 'bad-address'],
    ['to a name', heldText.replace(`To: ${to}`, `To: Bob <${to}>`), 'bad-address'],
    ['to no address', heldText.replace(`To: ${to}`, 'To: undisclosed-recipients:;'), 'bad-address'],
    ['with a subject', heldText.replace('[...]', 'Hello'), 'not-sealed'],
    ['with a Message-ID elsewhere', heldText.replace(/(Message-ID: <[0-9a-f]+@)a/, '$1b'), 'malformed'],
    ['without a date', heldText.replace(/Date: .*?\r\n/, 'Date: today\r\n'), 'malformed'],
    ['with a field more', `Received: from alice\r\n${heldText}`, 'not-sealed'],
    ['with two To fields', heldText.replace('To: ', `To: ${to}\r\nTo: `), 'duplicate-header'],
    ['without From', withoutField('From'), 'not-sealed'],
    ['without MIME-Version', withoutField('MIME-Version'), 'not-sealed'],
    ['of another type', heldText.replace('multipart/encrypted', 'multipart/mixed'), 'not-sealed'],
    ['with a third part', heldText.replace(/\r\n(--[0-9a-f]+)--\r\n$/, '\r\n$1\r\n\r\nx\r\n$1--\r\n'), 'not-sealed'],
    ['cut short', heldText.slice(0, -20), 'malformed'],
    ['without anything', '', 'malformed'],
  ])('is refused %s', async (_what, text, reason) => {
    expect(await refusal(text)).toBe(reason);
  });

  it('is refused, or has its own octets, for any octet changed', async () => {
    for (let at = 0; at < marked.length; at += 1) {
      const changed = Uint8Array.from(marked);
      changed[at] = (changed[at] ?? 0) ^ 0x04;
      const envelope = await mime.parseHeldEnvelope(changed);
      if (envelope.outcome === 'envelope')
        expect(changed.length - envelope.held.length).toBe(envelope.mark ? mark.length : 0);
      await mime.parseHeldEnvelope(marked.subarray(0, at));
    }
  });

  it('is refused without an exception for any octets', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        async (octets) => (await mime.parseHeldEnvelope(octets)).outcome === 'refused',
      ),
    );
  });
});
