import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES } from '../domain/limits';
import type { HeldEnvelopeFacts } from '../ports/custody-crypto';
import { createMime } from '../mime/create-mime';
import { createOpenpgpEngine } from '../pgp/openpgp-engine';
import { NOW, makeIdentity } from '../pgp/testing/own-identity';
import { MAX_FACTS_BYTES } from './envelope-facts';
import { packHeldEnvelope } from './pack-envelope';
import { paddedLength } from './padded-length';
import { facts, onionOf, receipt } from './testing/facts';
import { unpackHeldEnvelope } from './unpack-envelope';
import { MAX_ENVELOPE_BYTES, MAX_OUTSTANDING } from '../domain/custody-limits';

const RAW = Buffer.from('From: somebody\r\n\r\nsealed\r\n');

/** An envelope of any facts, well formed or not. */
function laidOut(json: string | Uint8Array, raw: Uint8Array = RAW, total?: number): Uint8Array {
  const told = Buffer.from(json);
  const lengths = [told.length, raw.length].map((length) =>
    Buffer.from([length >>> 24, length >>> 16, length >>> 8, length]),
  );
  const content = Buffer.concat([lengths[0]!, told, lengths[1]!, raw]);
  return Buffer.concat([content, new Uint8Array((total ?? paddedLength(content.length)) - content.length)]);
}

describe('an envelope', () => {
  it('gives back its facts and its message', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5_000 }),
        fc.nat(0xffff_ffff),
        fc.nat(MAX_OUTSTANDING),
        (raw, tokenIndex, count) => {
          const outstanding = Array.from({ length: count }, (_, index) => ({
            counter: index + 1,
            messageId: '<a@b>',
            receipts: [receipt, receipt, receipt, receipt],
          }));
          const told = facts({ tokenIndex, outstanding });
          const opened = unpackHeldEnvelope(packHeldEnvelope({ facts: told, raw }));
          expect(opened?.facts).toEqual(told);
          expect(Buffer.from(opened?.raw ?? []).equals(raw)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('has room for all the facts there can be', () => {
    const messageId = `<${'x'.repeat(398)}>`;
    const outstanding = Array.from({ length: MAX_OUTSTANDING }, () => ({
      counter: Number.MAX_SAFE_INTEGER,
      messageId,
      receipts: [receipt, receipt, receipt, receipt],
    }));
    const told = facts({
      outstanding,
      counter: Number.MAX_SAFE_INTEGER,
      sender: `${'s'.repeat(64)}@${onionOf(1)}` as HeldEnvelopeFacts['sender'],
    });
    expect(JSON.stringify(told).length).toBeLessThan(MAX_FACTS_BYTES);
    expect(unpackHeldEnvelope(packHeldEnvelope({ facts: told, raw: RAW }))?.facts).toEqual(told);
  });

  it('has one of few sizes, and zeros at its end', () => {
    expect([9, 100, 1_000, 100_000, 26_214_401].map(paddedLength)).toEqual([10, 104, 1_024, 100_352, 26_738_688]);
    const sizes = new Set(
      Array.from(
        { length: 40 },
        (_, step) => packHeldEnvelope({ facts: facts(), raw: new Uint8Array(20_000 + 50 * step) }).length,
      ),
    );
    expect(sizes.size).toBeLessThanOrEqual(5);
    for (let length = 2; length < 70_000; length += 997) {
      expect(paddedLength(length)).toBeGreaterThanOrEqual(length);
      expect(paddedLength(length)).toBeLessThanOrEqual(length * 1.13);
    }
  });

  it('is not made for facts that no recipient would take', () => {
    const outstanding = Array.from({ length: MAX_OUTSTANDING + 1 }, () => ({
      counter: 1,
      messageId: '<a@b>',
      receipts: [],
    }));
    for (const wrong of [{ outstanding }, { counter: 0 }, { tokenIndex: -1 }, { signature: '' }]) {
      expect(() => packHeldEnvelope({ facts: facts(wrong), raw: RAW })).toThrow(
        expect.objectContaining({ code: 'internal' }),
      );
    }
  });

  it('is not made of a message that is too large for holders', () => {
    const raw = new Uint8Array(MAX_ENVELOPE_BYTES - 600);
    expect(() => packHeldEnvelope({ facts: facts(), raw })).toThrow(expect.objectContaining({ code: 'too-large' }));
  });

  it('as large as can be passes a listener with the mark on top, and comes back', async () => {
    const [pgp, mime, bob] = [createOpenpgpEngine(), createMime(), await makeIdentity('bob', 2)];
    const raw = Buffer.alloc(MAX_ENVELOPE_BYTES - 8 - JSON.stringify(facts()).length, 'line\r\n');
    const sealed = await pgp.sealAnonymously({
      content: packHeldEnvelope({ facts: facts(), raw }),
      recipient: bob.keys.publicKey,
      now: NOW,
    });
    const marked = mime.markEnvelope({
      held: mime.wrapHeldEnvelope({ to: bob.address, date: NOW, sealed }),
      receipt,
      left: 3,
    });
    expect(marked.length).toBeLessThanOrEqual(MAX_MESSAGE_BYTES);
    const envelope = await mime.parseHeldEnvelope(marked);
    if (envelope.outcome === 'refused') throw new Error(envelope.reason);
    const opened = await pgp.openAnonymous({ sealed: envelope.sealed, secretKey: bob.keys.secretKey });
    if (opened.outcome === 'refused') throw new Error(opened.reason);
    expect(Buffer.compare(unpackHeldEnvelope(opened.content)?.raw ?? RAW, raw)).toBe(0);
  });
});

describe('a hostile envelope', () => {
  const good = packHeldEnvelope({ facts: facts(), raw: RAW });

  it('is refused when cut or drawn out anywhere', () => {
    for (let at = 0; at < good.length; at += 1) expect(unpackHeldEnvelope(good.subarray(0, at))).toBeUndefined();
    for (const more of [1, 2, 1_000])
      expect(unpackHeldEnvelope(Buffer.concat([good, new Uint8Array(more)]))).toBeUndefined();
  });

  it('does not throw for any changed bit, and keeps its bounds', () => {
    for (let bit = 0; bit < good.length * 8; bit += 3) {
      const changed = Uint8Array.from(good);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const opened = unpackHeldEnvelope(changed);
      if (opened) expect(opened.facts.outstanding.length).toBeLessThanOrEqual(MAX_OUTSTANDING);
    }
  });

  it('is refused with anything in its padding', () => {
    const content = Uint8Array.from(good);
    expect(content.at(-1)).toBe(0);
    content[content.length - 1] = 1;
    expect(unpackHeldEnvelope(content)).toBeUndefined();
  });

  it('is refused with lengths that are not there', () => {
    for (const length of [0xffff_ffff, 0x7fff_ffff, good.length, MAX_FACTS_BYTES + 1]) {
      const content = Uint8Array.from(good);
      new DataView(content.buffer).setUint32(0, length);
      expect(unpackHeldEnvelope(content)).toBeUndefined();
    }
    expect(unpackHeldEnvelope(new Uint8Array(MAX_MESSAGE_BYTES + 1))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', ''],
    ['no facts', 'null'],
    ['another thing', '[1]'],
    ['a bomb of brackets', '['.repeat(90_000)],
    ['a bomb of objects', '{"a":'.repeat(18_000)],
    ['too much of it', JSON.stringify({ ...facts(), sender: 'x'.repeat(MAX_FACTS_BYTES) })],
    ['a field more', JSON.stringify({ ...facts(), more: 1 })],
    ['a prototype', JSON.stringify(facts()).replace('{', '{"__proto__":{"x":1},')],
    ['a byte order mark', `\ufeff${JSON.stringify(facts())}`],
    ['a number too large', JSON.stringify(facts()).replace('"counter":3', '"counter":1e400')],
    ['a fraction', JSON.stringify(facts({ counter: 1.5 }))],
    ['another kind of address', JSON.stringify({ ...facts(), sender: 'alice@example.com' })],
    [
      'a line end in a Message-ID',
      JSON.stringify(facts({ outstanding: [{ counter: 1, messageId: '<a\r\n@b>', receipts: [] }] })),
    ],
    [
      'too many receipts',
      JSON.stringify(
        facts({
          outstanding: [{ counter: 1, messageId: '<a@b>', receipts: Array.from({ length: 5 }, () => receipt) }],
        }),
      ),
    ],
    [
      'too much outstanding',
      JSON.stringify(
        facts({ outstanding: Array.from({ length: 21 }, () => ({ counter: 1, messageId: '<a@b>', receipts: [] })) }),
      ),
    ],
  ])('is refused with %s for facts', (_what, json) => {
    expect(unpackHeldEnvelope(laidOut(json))).toBeUndefined();
  });

  it('is refused with octets that are no text', () => {
    expect(unpackHeldEnvelope(laidOut(JSON.stringify(facts())))).toBeDefined();
    expect(
      unpackHeldEnvelope(
        laidOut(Buffer.concat([Buffer.from(JSON.stringify(facts()).slice(0, -2)), Buffer.from([0xff, 0x22, 0x7d])])),
      ),
    ).toBeUndefined();
  });

  it('does not throw for any octets', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => unpackHeldEnvelope(octets) === undefined));
  });
});
