import { describe, expect, it } from 'vitest';
import { Verification, Voucher } from '../../../../shared/trust';
import { introducerLine, shortKey, verificationLine, voucherLine, voucherTrouble } from './trust-lines';

const at = new Date(2026, 4, 12, 10).getTime();
const voucher = (change: object = {}) =>
  Voucher.parse({
    fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
    isOwn: false,
    level: 'positive',
    at,
    shared: true,
    state: 'good',
    ...change,
  });

describe('trust in a line', () => {
  it('tells who may see a verification', () => {
    const verification = Verification.parse({ at, way: 'scan', level: 'positive', shared: false });
    expect(verificationLine(verification)).toContain('Private');
    expect(verificationLine({ ...verification, shared: true, level: 'casual' })).toBe(
      'You checked casually · Shared: others may see that you know them',
    );
  });

  it('tells how far and how much an introducer is believed', () => {
    expect(introducerLine({ depth: 1, amount: 'full' })).toBe(
      'They introduce people whom they have verified themselves. Their word alone is enough.',
    );
    expect(introducerLine({ depth: 2, amount: 'marginal' })).toContain('together with that of two others');
    expect(introducerLine({ depth: 4, amount: 'full' })).toContain('4 introductions');
  });

  it('tells how, when and until when somebody vouched', () => {
    expect(voucherLine(voucher())).toMatch(/^Checked in person on .*2026.* · shared$/u);
    expect(voucherLine(voucher({ expiresAt: at, shared: false, introducer: { depth: 1, amount: 'full' } }))).toMatch(
      /until .*2026.* · private · as an introducer$/u,
    );
    expect(voucherTrouble(voucher())).toBeUndefined();
    expect(voucherTrouble(voucher({ state: 'revoked' }))).toBe('Taken back');
    expect(shortKey(voucher().fingerprint)).toBe('0123 4567');
  });
});
