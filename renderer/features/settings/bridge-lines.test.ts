import { describe, expect, it } from 'vitest';
import { parseBridgeLines } from './bridge-lines';

const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';

describe('parseBridgeLines', () => {
  it.each([
    '192.0.2.1:443',
    `192.0.2.1:443 ${fingerprint}`,
    `obfs4 192.0.2.1:443 ${fingerprint} cert=abc/def+0 iat-mode=0`,
    `webtunnel [2001:db8::1]:443 ${fingerprint} url=https://example.net/path ver=0.0.1`,
    `snowflake 192.0.2.3:80 ${fingerprint} fingerprint=${fingerprint} url=https://a.example/ ice=stun:b.example:3478`,
  ])('takes %s', (line) => {
    expect(parseBridgeLines(line)).toEqual({ lines: [line], problems: [] });
  });

  it('drops a leading Bridge, empty rows and doubled spaces', () => {
    expect(parseBridgeLines('\n  Bridge  192.0.2.1:443 \n\n').lines).toEqual(['192.0.2.1:443']);
  });

  it('names the row of each problem', () => {
    const { problems } = parseBridgeLines('192.0.2.1:443\nhello\n192.0.2.1:443 …');
    expect(problems.map(({ line }) => line)).toEqual([2, 3]);
  });

  it('refuses more than the settings hold', () => {
    expect(parseBridgeLines('192.0.2.1:443\n'.repeat(21)).problems).toHaveLength(1);
  });
});
