import { describe, expect, it } from 'vitest';
import { TorStatus, TorWarning } from '../../../shared/tor-status';
import { torDetails, torSummary } from './tor-summary';

const status = (change: object): TorStatus =>
  TorStatus.parse({ phase: 'connecting', progress: 45, summary: 'loading the list of relays', ...change });

describe('torSummary', () => {
  it('counts while tor connects, and rests when it is online', () => {
    expect(torSummary(status({}))).toEqual({ title: 'Connecting 45 %', tone: 'accent', progress: 45 });
    expect(torSummary(status({ phase: 'online', progress: 100 }))).toEqual({
      title: 'Connected',
      tone: 'good',
      progress: undefined,
    });
  });

  it('puts a warning first, but not once it is over', () => {
    expect(torSummary(status({ warning: 'clock-skew' })).title).toBe('The clock is wrong');
    expect(torSummary(status({ phase: 'online', warning: 'clock-skew' })).title).toBe('Connected');
  });
});

describe('torDetails', () => {
  it.each(TorWarning.options)('says what to do about %s', (warning) => {
    const { sentences, advice } = torDetails(status({ phase: 'failed', warning }), 0);
    expect(sentences).not.toHaveLength(0);
    expect(advice).not.toHaveLength(0);
  });

  it('counts down to the next try', () => {
    expect(torDetails(status({ phase: 'restarting', retryAt: 8_000 }), 0).sentences.at(-1)).toBe('Next try in 8 s.');
  });
});
