import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../shared/message';
import { localPartOf, shortAddress, shortOnion } from './address-text';
import { listDate } from './date-text';
import { isPending, leadingDelivery } from './leading-delivery';
import { sizeText } from './size-text';

describe('addresses', () => {
  const address = `alice@${'abcdefgh'.repeat(7)}.onion`;
  it('are shortened for telling apart', () => {
    expect(localPartOf(address)).toBe('alice');
    expect(shortOnion(address)).toBe('abcdefgh…efgh');
    expect(shortAddress(address)).toBe('alice@abcdefgh…efgh');
  });

  it('survive when they are none', () => {
    expect(localPartOf('nobody')).toBe('nobody');
    expect(shortOnion('')).toBe('');
  });
});

describe('listDate', () => {
  const now = new Date(2026, 4, 14, 15, 0).getTime();
  const at = (day: number, month = 4, year = 2026) => listDate(new Date(year, month, day, 9, 5).getTime(), now);

  it('grows coarser with age', () => {
    expect(at(14)).toMatch(/9.05/u);
    expect(at(13)).toBe('Yesterday');
    expect(at(10)).toMatch(/^\p{L}+$/u);
    expect(at(1)).not.toContain('2026');
    expect(at(1, 4, 2024)).toContain('2024');
  });
});

describe('sizeText', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1_023, '1023 bytes'],
    [1_024, '1.0 KB'],
    [10_240, '10 KB'],
    [5_242_880, '5.0 MB'],
    [26_214_400, '25 MB'],
  ])('writes %i as %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});

describe('leadingDelivery', () => {
  const delivery = (state: string) => ({ state }) as unknown as Delivery;

  it('is the one that needs attention most', () => {
    expect(leadingDelivery(['delivered', 'failed', 'delivering'].map(delivery))?.state).toBe('failed');
    expect(leadingDelivery(['delivered', 'recipient-offline'].map(delivery))?.state).toBe('recipient-offline');
    expect(leadingDelivery([])).toBeUndefined();
  });

  it('knows what can still happen', () => {
    expect(['delivered', 'failed', 'cancelled'].map(delivery).some(isPending)).toBe(false);
    expect(['waiting-for-tor', 'delivering'].map(delivery).every(isPending)).toBe(true);
  });
});
