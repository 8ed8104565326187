import { describe, expect, it } from 'vitest';
import { defaultHoldTerms } from '../../shared/custody';
import type { MailClient, MailHolder } from '../../shared/custody';
import { AgreementId, MailAddress } from '../../shared/ids';
import {
  clientFacts,
  clientSentence,
  costsText,
  endClientWords,
  endHolderWords,
  faultSentences,
  holderFacts,
  holderSentence,
  holderState,
  keptShare,
  keptText,
  learnersText,
  learnsText,
  missingFromMany,
  missingWords,
  quotaText,
  termsText,
} from './custody-words';

const mib = 1024 * 1024;
const day = (date: number, hour = 0) => new Date(2026, 4, date, hour).getTime();
const both = {
  agreementId: AgreementId.parse('6f1c7a52-6a51-4a4e-9a53-0e6f0a1f3d11'),
  address: MailAddress.parse(`dave@${'a'.repeat(56)}.onion`),
  terms: defaultHoldTerms,
  askedAt: day(3),
  handedOver: 0,
};
const holder = (change: Partial<MailHolder> = {}): MailHolder => ({
  ...both,
  state: 'active',
  faults: { missing: 0, replayed: 0, expired: 0 },
  ...change,
});
const client = (change: Partial<MailClient> = {}): MailClient => ({
  ...both,
  state: 'active',
  heldMessages: 0,
  heldBytes: 0,
  ...change,
});

describe('what somebody gives', () => {
  it('says how much and how long', () => {
    expect(termsText(defaultHoldTerms)).toBe('up to 100 MB, each message for up to 20 days, large ones for 7');
    expect(termsText({ quotaBytes: 1024 * mib, days: 7, largeDays: 7 })).toBe(
      'up to 1 GB, each message for up to 7 days',
    );
    expect(termsText({ quotaBytes: 50 * mib, days: 1, largeDays: 1 })).toContain('1 day');
    expect(quotaText(250 * mib)).toBe('250 MB');
    expect(costsText(defaultHoldTerms)).toBe(
      'Up to 100 MB of this computer’s disk. Each message stays for up to 20 days, a large one for 7.',
    );
    expect(costsText({ ...defaultHoldTerms, days: 7 })).toMatch(/for up to 7 days\.$/u);
  });

  it('says whose mail it is of which something can be learned', () => {
    expect(learnsText('you').learns).toContain('when you come online');
    expect(learnsText('them').learns).toContain('when they come online');
    expect(learnsText('them').hidden[0]).toBe('who writes to them');
  });
});

describe('somebody who keeps mail', () => {
  it('has a state in a word and in a sentence', () => {
    expect(holderState(holder({ state: 'asked' }))).toEqual({ title: 'Waiting for an answer', tone: 'accent' });
    expect(holderState(holder({ state: 'ended', endedBy: 'them' }))).toEqual({
      title: 'Ended by them',
      tone: 'warning',
    });
    expect(holderState(holder({ state: 'ended', endedBy: 'us' })).tone).toBe('neutral');
    expect(holderSentence(holder({ until: day(30) }))).toMatch(
      /^Until .*30.*2026; Posthorn renews it before\. Up to 100 MB/u,
    );
    expect(holderSentence(holder({ state: 'ended', until: day(9) }))).toMatch(/^The time was over on .*9/u);
    expect(holderSentence(holder({ state: 'ended', endedBy: 'us' }))).toContain('still handed over');
  });

  it('has facts only when there are any', () => {
    expect(holderFacts(holder(), day(4))).toEqual(['Not reached yet', 'Nothing handed over yet']);
    expect(holderFacts(holder({ reachedAt: day(4, 9), handedOver: 1 }), day(4, 12))[1]).toBe('1 message handed over');
    expect(holderFacts(holder({ tokensDue: true }), day(4))[0]).toMatch(/^The list .* is on its way: stay online/u);
    expect(holderFacts(holder({ state: 'asked' }), day(4))).toEqual([]);
    expect(holderFacts(holder({ state: 'ended', handedOver: 4 }), day(4))).toEqual(['4 messages handed over']);
  });

  it('has faults in plain words', () => {
    expect(faultSentences({ missing: 0, replayed: 0, expired: 0 })).toEqual([]);
    expect(faultSentences({ missing: 3, replayed: 0, expired: 1 })).toEqual([
      '3 messages they promised to keep did not arrive.',
      '1 message ran out before it was handed over.',
    ]);
  });

  it('is let go with a warning when it is the last', () => {
    expect(endHolderWords({ name: 'Dave', state: 'active', isLast: true }).text).toContain('nobody keeps your mail');
    expect(endHolderWords({ name: 'Dave', state: 'active', isLast: false }).text).not.toContain('nobody');
    expect(endHolderWords({ name: 'Dave', state: 'asked', isLast: false }).confirm).toBe('Take back');
  });
});

describe('somebody for whom mail is kept', () => {
  it('shows how much, how old, how full', () => {
    const kept = client({ heldMessages: 12, heldBytes: 3.4 * mib, oldestAt: day(3), handedOver: 27 });
    expect(keptText(kept)).toBe('12 messages kept, 3.4 MB of 100 MB');
    expect(keptShare(kept)).toBe(4);
    expect(clientFacts(kept).at(-1)).toBe('27 messages handed over so far');
    expect(keptText(client())).toBe('Nothing kept now, of 100 MB');
    expect(keptShare(client({ heldBytes: 200 * mib }))).toBe(100);
    expect(clientFacts(client())).toEqual([]);
  });

  it('still gets what is there when it has ended', () => {
    expect(clientSentence(client({ state: 'ended', heldMessages: 1 }))).toContain('1 message is still handed over');
    expect(clientSentence(client({ state: 'ended' }))).toContain('keep nothing of theirs');
    expect(endClientWords({ name: 'Dave', heldMessages: 2 }).text).toContain('2 messages');
  });
});

describe('mail that is missing', () => {
  it('names who wrote and who kept it', () => {
    const { title, sentence } = missingWords({ count: 2, from: 'Bob', holder: 'Dave', since: day(3) });
    expect(title).toBe('2 messages from Bob have not arrived.');
    expect(sentence).toMatch(/^Dave has kept them since .*3.*\. Bob is being told/u);
    expect(missingWords({ count: 1, from: 'Bob', holder: undefined, since: day(3) }).sentence).toMatch(/^Sent since/u);
    expect(missingFromMany([2, 1, 4])).toBe('7 messages from 3 people have not arrived.');
  });
});

describe('who learns of those who keep mail', () => {
  it.each([
    [{ told: 12, all: 14 }, '12 of 14 contacts can leave mail with them.'],
    [{ told: 14, all: 14 }, 'All 14 contacts can leave mail with them.'],
    [{ told: 2, all: 2 }, 'Both contacts can leave mail with them.'],
    [{ told: 1, all: 1 }, 'Your one contact can leave mail with them.'],
    [{ told: 0, all: 0 }, 'You have no other contacts who could leave mail with them.'],
  ])('%j', (counts, text) => {
    expect(learnersText(counts)).toBe(text);
  });
});
