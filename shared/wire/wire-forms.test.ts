import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coreContract } from '../contract/core-contract';
import { Fingerprint, IdentityId, MailAddress, OnionHost, Timestamp } from '../ids';
import { HoldTerms } from '../custody';
import { LocalPart } from '../local-part';
import { ControlMessage } from './control-message';
import { RpcReply, RpcRequest } from '../contract/rpc-kit';
import { Settings } from '../settings';
import { shellContract } from '../contract/shell-contract';

const ONION = `${'a'.repeat(56)}.onion`;
const fits = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('an address', () => {
  test.each([
    [`alice@${ONION}`, true],
    [`a.b-c_d+tag@${ONION}`, true],
    [`${'x'.repeat(64)}@${ONION}`, true],
    [`${'x'.repeat(65)}@${ONION}`, false],
    [`Alice@${ONION}`, false],
    [`.alice@${ONION}`, false],
    [`alice.@${ONION}`, false],
    [`al..ice@${ONION}`, false],
    [`@${ONION}`, false],
    [`alice@bob@${ONION}`, false],
    [`al ice@${ONION}`, false],
    [`alice@${'a'.repeat(55)}.onion`, false],
    [`alice@${'1'.repeat(56)}.onion`, false],
    [`alice@${ONION}.`, false],
    [`alice@${ONION}\n`, false],
    ['alice@example.org', false],
  ])('%j: %s', (address, good) => {
    expect(fits(MailAddress, address)).toBe(good);
  });

  test('of a new identity has a local part that an address can have, without a tag', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9._+-]{1,20}$/), (text) => {
        if (!fits(LocalPart, text)) return;
        expect(text).not.toContain('+');
        expect(fits(MailAddress, `${text}@${ONION}`)).toBe(true);
      }),
    );
  });
});

describe('names and numbers', () => {
  test('are of one form only, so that two texts are never one thing', () => {
    expect(fits(OnionHost, ONION)).toBe(true);
    expect(fits(OnionHost, ONION.toUpperCase())).toBe(false);
    expect(fits(Fingerprint, 'A'.repeat(40))).toBe(true);
    expect(fits(Fingerprint, 'a'.repeat(40))).toBe(false);
    expect(fits(Fingerprint, 'A'.repeat(64))).toBe(false);
    expect(fits(IdentityId, 'not-a-uuid')).toBe(false);
  });

  test('of times are whole milliseconds that can have been', () => {
    expect([0, 1_700_000_000_000].every((time) => fits(Timestamp, time))).toBe(true);
    for (const time of [-1, 0.5, Number.NaN, Infinity, '1']) expect(fits(Timestamp, time), String(time)).toBe(false);
  });
});

describe('both contracts', () => {
  const methods = [...Object.entries(coreContract), ...Object.entries(shellContract)];

  test('name each method as a family and a verb, once', () => {
    for (const [name] of methods) expect(name).toMatch(/^[a-z-]+\.[a-zA-Z]+$/);
    expect(new Set(methods.map(([name]) => name)).size).toBe(methods.length);
  });

  test('take an object and nothing more than what it says', () => {
    for (const [name, { params }] of methods) {
      expect(fits(params, { surprise: true }), name).toBe(false);
      for (const value of [undefined, null, 'text', 7, []]) expect(fits(params, value), name).toBe(false);
    }
  });
});

describe('a call and its reply', () => {
  test('have their numbers and nothing beside', () => {
    const call = { kind: 'call', id: 1, method: 'tor.status', params: {} };
    expect(fits(RpcRequest, call)).toBe(true);
    for (const change of [{ id: -1 }, { id: 0.5 }, { method: 'x'.repeat(101) }, { kind: 'event' }, { more: 1 }])
      expect(fits(RpcRequest, { ...call, ...change }), JSON.stringify(change)).toBe(false);
    expect(fits(RpcReply, { kind: 'result', id: 1, result: undefined })).toBe(true);
    expect(fits(RpcReply, { kind: 'error', id: 1, error: { code: 'internal', message: 'x'.repeat(501) } })).toBe(false);
  });
});

describe('what a person may choose', () => {
  const settings = {
    theme: 'dark',
    autoLockMinutes: 5,
    autoLocks: 'window',
    notifications: true,
    cameraAllowed: false,
    holderHintSeen: false,
    builtInBridges: 'none',
    bridges: [],
    cleanPictures: true,
    programs: { isOn: false, imapPort: 1143, submissionPort: 1587 },
  };

  test('is no bridge line that would be two lines of tor’s configuration', () => {
    expect(
      fits(Settings, { ...settings, bridges: [`obfs4 192.0.2.1:443 ${'A'.repeat(40)} cert=abc iat-mode=0`] }),
    ).toBe(true);
    for (const line of ['a\nSocksPort 1', 'a\r', 'a\0', 'zwölf', 'ab', 'x'.repeat(1_001)])
      expect(fits(Settings, { ...settings, bridges: [line] }), line.slice(0, 20)).toBe(false);
  });

  test('is a quota between a mebibyte and ten gibibytes, for at most 60 days', () => {
    const terms = { quotaBytes: 1_048_576, days: 60, largeDays: 1 };
    expect(fits(HoldTerms, terms)).toBe(true);
    for (const change of [
      { quotaBytes: 1_048_575 },
      { quotaBytes: 11 * 1024 ** 3 },
      { days: 0 },
      { days: 61 },
      { largeDays: 0.5 },
    ])
      expect(fits(HoldTerms, { ...terms, ...change }), JSON.stringify(change)).toBe(false);
  });
});

describe('what Posthorn tells Posthorn', () => {
  test('names messages by their identifiers, a hundred at most', () => {
    const missing = (messageIds: readonly string[]) => fits(ControlMessage, { kind: 'missing', messageIds });
    expect(missing(['<a@b>'])).toBe(true);
    for (const ids of [[], ['a@b'], ['<a b>'], ['<>'], Array<string>(101).fill('<a@b>')])
      expect(missing(ids)).toBe(false);
  });

  test('is of a kind that is known, signed where an onion must answer for it', () => {
    const answer = { kind: 'hold.answer', agreementId: '00000000-0000-4000-8000-000000000001' };
    expect(fits(ControlMessage, answer)).toBe(true);
    expect(fits(ControlMessage, { ...answer, signature: 'A'.repeat(86) })).toBe(true);
    expect(fits(ControlMessage, { ...answer, signature: 'A'.repeat(85) })).toBe(false);
    expect(fits(ControlMessage, { ...answer, kind: 'hold.anything' })).toBe(false);
    expect(fits(ControlMessage, { kind: 'door', issuedAt: 1, door: null })).toBe(true);
    expect(fits(ControlMessage, { kind: 'door', issuedAt: 1 })).toBe(false);
  });
});
