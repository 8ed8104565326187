import { describe, expect, it } from 'vitest';
import { HistoryEntry } from '../../shared/custody';
import { DeliveryReason } from '../../shared/message';
import { historySentence, keepersIn } from './history-words';

const now = new Date(2026, 4, 1, 14, 5).getTime();
const dave = 'd'.repeat(56);
const erin = 'e'.repeat(56);
const entry = (change: object): HistoryEntry =>
  HistoryEntry.parse({
    at: now,
    deliveryId: '6f2b8a3e-7a51-4b51-9f3e-0d8f0b8f6a11',
    recipient: `bob@${'a'.repeat(56)}.onion`,
    kind: 'queued',
    ...change,
  });
const holderName = ({ holder }: { holder?: string | undefined }) =>
  holder === `${dave}.onion` ? 'Dave' : 'somebody they trust';
const sentence = (change: object) => historySentence(entry(change), { now, holderName });

describe('historySentence', () => {
  it.each([
    [{ kind: 'queued' }, 'Sent to the Outbox.'],
    [{ kind: 'tried', reason: 'offline', times: 3 }, 'Tried 3 times: they were offline.'],
    [{ kind: 'tried', reason: 'busy' }, 'Tried: their computer asked to try again later.'],
    [{ kind: 'tried', reason: 'something new' }, 'Tried.'],
    [{ kind: 'holder-refused', holder: `${erin}.onion` }, 'Somebody they trust could not keep it.'],
    [{ kind: 'accepted' }, 'Their computer took it.'],
    [{ kind: 'delivered' }, 'They confirmed that they have it.'],
    [{ kind: 'missing', holder: `${dave}.onion` }, 'They say that Dave did not hand it over; it is being sent again.'],
    [{ kind: 'failed', reason: 'expired' }, 'Not delivered: they were not reachable for 14 days.'],
    [
      { kind: 'failed', reason: 'unconfirmed' },
      'Not confirmed: it was kept for them, but they never said that it came.',
    ],
    [{ kind: 'cancelled' }, 'You stopped it.'],
    [{ kind: 'read' }, 'They have read it.'],
  ])('says %j', (change, expected) => {
    expect(sentence(change)).toBe(expected);
  });

  it('says who keeps it and until when', () => {
    expect(sentence({ kind: 'held', holder: `${dave}.onion`, until: new Date(2026, 4, 12).getTime() })).toMatch(
      /^Left with Dave, who keeps it until .*12.*\.$/u,
    );
  });

  it.each(DeliveryReason.options)('makes a sentence of a try that came to %s', (reason) => {
    expect(sentence({ kind: 'tried', reason })).toMatch(/^Tried(: .+)?\.$/u);
  });
});

describe('keepersIn', () => {
  const held = (name: string) => entry({ kind: 'held', holder: `${name}.onion` });

  it('counts everybody once, and nobody who did not hand it over', () => {
    expect(keepersIn([held(dave), held(dave), held(erin)]).map(({ holder }) => holder)).toEqual([
      `${dave}.onion`,
      `${erin}.onion`,
    ]);
    expect(
      keepersIn([held(dave), held(erin), entry({ kind: 'missing', holder: `${dave}.onion` })]).map(
        ({ holder }) => holder,
      ),
    ).toEqual([`${erin}.onion`]);
    expect(keepersIn([entry({ kind: 'holder-refused', holder: `${dave}.onion` })])).toEqual([]);
  });
});
