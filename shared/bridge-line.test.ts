import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bridgeLineProblem } from './bridge-line';

const print = '0123456789ABCDEF0123456789ABCDEF01234567';

describe('bridgeLineProblem', () => {
  it.each([
    '192.0.2.1:443',
    `192.0.2.1:443 ${print}`,
    `obfs4 192.0.2.1:443 ${print} cert=abc/def+0 iat-mode=0`,
    `obfs4 [2001:db8::1]:443 ${print} cert=abc/def+0== iat-mode=2`,
    `webtunnel [2001:db8::1]:443 ${print} url=https://example.net/path ver=0.0.1`,
    `snowflake 192.0.2.3:80 ${print} fingerprint=${print} url=https://a.example/ ice=stun:b.example:3478`,
    'meek_lite 192.0.2.20:80 url=https://a.example front=b.example utls=HelloRandomizedALPN',
    `conjure 192.0.2.9:80 ${print} url=https://a.example`,
  ])('takes %s', (line) => expect(bridgeLineProblem(line)).toBeUndefined());

  it.each([
    ['obfs4 without its certificate', `obfs4 192.0.2.1:443 ${print} iat-mode=0`, /lacks cert=/],
    ['obfs4 without its mode', `obfs4 192.0.2.1:443 ${print} cert=abc`, /lacks iat-mode=/],
    ['obfs4 without a fingerprint', 'obfs4 192.0.2.1:443 cert=abc iat-mode=0', /fingerprint/],
    ['webtunnel without encryption', `webtunnel 192.0.2.1:443 ${print} url=http://a.example`, /lacks url=https/],
    ['meek without an address', `meek_lite 192.0.2.1:443 front=b.example`, /lacks url=https/],
    ['a port that is none', '192.0.2.1:65536', /does not look like/],
    ['an address that is none', '192.0.2.256:443', /does not look like/],
    ['a name in place of an address', 'bridge.example:443', /does not look like/],
    ['words', 'no bridge at all', /does not look like/],
    ['a word among the parameters', `obfs4 192.0.2.1:443 ${print} cert=abc iat-mode=0 more`, /does not look like/],
    ['a line break', '192.0.2.1:443\nExitPolicy accept *:*', /character that does not belong/],
    ['a carriage return', '192.0.2.1:443\rX', /character that does not belong/],
    ['a tab', '192.0.2.1:443\tX', /character that does not belong/],
    ['a letter of no alphabet of tor', '192.0.2.1:443 …', /character that does not belong/],
    ['a long line', `192.0.2.1:443 a=${'x'.repeat(1_000)}`, /too long/],
  ])('refuses %s', (_name, line, why) => expect(bridgeLineProblem(line)).toMatch(why));

  it('never takes what tor would read as two lines', () => {
    const piece = fc.constantFrom('obfs4', ' ', '\n', '\r', '\0', '192.0.2.1:443', print, 'cert=a', 'iat-mode=0', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = pieces.join('');
        if (bridgeLineProblem(line) === undefined) expect(line).toMatch(/^[\x20-\x7e]+$/);
      }),
    );
  });
});
