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

  it('has a tenth of the free disk, and not more than 200 MiB', () => {
    expect(requestsBudget(1_000)).toBe(100);
    expect(requestsBudget(1e15)).toBe(MAX_REQUESTS_BYTES);
  });
});
