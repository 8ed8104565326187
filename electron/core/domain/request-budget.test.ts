import { describe, expect, it } from 'vitest';
import { MailAddress, MessageId } from '../../../shared/ids';
import { MAX_REQUESTS, MAX_REQUESTS_BYTES } from './limits';
import { makeRoomForRequest, requestsBudget, type KeptRequest } from './request-budget';

const stranger = (name: string): MailAddress => MailAddress.parse(`${name}@${'s'.repeat(56)}.onion`);
const idOf = (number: number): MessageId =>
  MessageId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
const kept = (number: number, name: string, octets: number, isRead = false): KeptRequest => ({
  id: idOf(number),
  sender: stranger(name),
  octets,
  isRead,
});

describe('a request past the budget', () => {
  const many = [kept(1, 'flood', 40, true), kept(2, 'flood', 30), kept(3, 'other', 20), kept(4, 'flood', 10)];
  const ask = (o: { octets: number; sender?: string; budget?: number }) =>
    makeRoomForRequest({ kept: many, sender: stranger(o.sender ?? 'new'), octets: o.octets, budget: o.budget ?? 100 });

  it('takes the place of the oldest unread one of the stranger with most', () => {
    expect(ask({ octets: 25 })).toEqual([idOf(2)]);
    expect(ask({ octets: 35 })).toEqual([idOf(2), idOf(4)]);
  });

  it('finds no room when only read ones, or those of people with less, are left', () => {
    expect(ask({ octets: 60 })).toBeUndefined();
    expect(ask({ octets: 5, sender: 'flood' })).toBeUndefined();
    expect(
      makeRoomForRequest({
        ...{ kept: [kept(1, 'a', 50), kept(2, 'b', 50)] },
        sender: stranger('c'),
        octets: 50,
        budget: 100,
      }),
    ).toBeUndefined();
  });

  it('makes nothing vanish because the disk has less room than before', () => {
    expect(ask({ octets: 10, budget: 20 })).toEqual([idOf(2)]);
  });

  it('counts messages too, read or not', () => {
    const full = Array.from({ length: MAX_REQUESTS }, (_, number) => kept(number, 'flood', 1, true));
    const o = { sender: stranger('new'), octets: 1, budget: MAX_REQUESTS_BYTES };
    expect(makeRoomForRequest({ kept: full, ...o })).toBeUndefined();
    expect(makeRoomForRequest({ kept: [...full.slice(1), kept(9_999, 'flood', 1)], ...o })).toEqual([idOf(9_999)]);
  });

  it('takes a place from who has most places when places are short, and not from the longest letter', () => {
    const letters = Array.from({ length: MAX_REQUESTS - 1 }, (_, number) =>
      kept(number, `flood${String(number % 20)}`, 1),
    );
    const full = [kept(9_999, 'honest', 1_000_000), ...letters];
    const o = { kept: full, budget: MAX_REQUESTS_BYTES };
    const dropped = makeRoomForRequest({ ...o, sender: stranger('new'), octets: 1 });
    expect(dropped).toEqual([idOf(0)]);
    // Whoever has most of the places gets no other, however small the letter; one with fewer gets one, however long.
    expect(makeRoomForRequest({ ...o, sender: stranger('flood3'), octets: 1 })).toBeUndefined();
    expect(makeRoomForRequest({ ...o, sender: stranger('honest'), octets: 5_000_000 })).toEqual([idOf(0)]);
  });

  it('takes octets as well when both are short', () => {
    const small = Array.from({ length: MAX_REQUESTS - 2 }, (_, number) =>
      kept(number, `small${String(number % 20)}`, 1),
    );
    const full = [...small, kept(9_998, 'large', 500), kept(9_999, 'large', 500)];
    const o = { kept: full, budget: MAX_REQUESTS - 2 + 1_000 };
    expect(makeRoomForRequest({ ...o, sender: stranger('new'), octets: 400 })).toEqual([idOf(0), idOf(9_998)]);
  });

  it('keeps two thousand strangers with a letter each', () => {
    const full = Array.from({ length: MAX_REQUESTS }, (_, number) => kept(number, `one${String(number)}`, 10 + number));
    expect(makeRoomForRequest({ kept: full, sender: stranger('new'), octets: 1, budget: 1e9 })).toBeUndefined();
  });

  it('has a tenth of the free disk, and not more than 200 MiB', () => {
    expect(requestsBudget(1_000)).toBe(100);
    expect(requestsBudget(1e15)).toBe(MAX_REQUESTS_BYTES);
  });
});
