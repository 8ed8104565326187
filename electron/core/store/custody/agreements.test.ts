import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailStore } from '../../ports/mail-store';
import { agreement, newAgreementId } from '../testing/holding-fixtures';
import { CAROL, NOW, openTestStore } from '../testing/store-fixtures';
import type { TestStore } from '../testing/store-fixtures';

const refused = expect.objectContaining({ code: 'hold-refused' }) as Error;

describe('agreements to hold mail', () => {
  let test: TestStore;
  let store: MailStore;
  beforeEach(() => {
    test = openTestStore();
    ({ store } = test);
  });
  afterEach(() => test.remove());

  it('are kept with all they say, those asked for first first', () => {
    const full = agreement({
      role: 'client',
      state: 'ended',
      askedAt: NOW + 5,
      holderSignature: 'T'.repeat(86),
      endedAt: NOW + 9,
      endedBy: 'them',
      reachedAt: NOW + 7,
      tokensIssuedAt: NOW + 6,
      renews: newAgreementId(),
      faults: { missing: 1, replayed: 2, expired: 3 },
      handedOver: 4,
    });
    const bare = agreement({ state: 'asked' });
    store.putAgreement(full);
    store.putAgreement(bare);
    expect(test.reopen().agreements()).toEqual([bare, full]);
    expect(store.agreement(full.id)).toEqual(full);
    expect(store.agreement(newAgreementId())).toBeUndefined();
    expect(test.events.seen).toEqual(Array(2).fill({ type: 'holding.changed', identityId: test.identityId }));
  });

  it('change in what is named alone', () => {
    const asked = agreement({ state: 'asked' });
    store.putAgreement(asked);
    test.events.clear();
    store.changeAgreement(asked.id, { state: 'active', holderSignature: 'T'.repeat(86) });
    store.changeAgreement(asked.id, { reachedAt: NOW + 1, faults: { missing: 1, replayed: 0, expired: 0 } });
    expect(store.agreement(asked.id)).toEqual({
      ...asked,
      state: 'active',
      holderSignature: 'T'.repeat(86),
      reachedAt: NOW + 1,
      faults: { missing: 1, replayed: 0, expired: 0 },
    });
    expect(test.events.types()).toEqual(['holding.changed', 'holding.changed']);
    expect(() => store.changeAgreement(newAgreementId(), { state: 'ended' })).toThrow(refused);
  });

  it('are not overwritten by somebody else who chose the same number', () => {
    const ours = agreement();
    store.putAgreement(ours);
    expect(() => store.putAgreement({ ...ours, peer: CAROL })).toThrow(refused);
    expect(() => store.putAgreement({ ...ours, role: 'client' })).toThrow(refused);
    expect(store.agreements()).toEqual([ours]);
    store.putAgreement({ ...ours, state: 'ended' });
    expect(store.agreement(ours.id)?.state).toBe('ended');
  });

  it('go, once', () => {
    const { id } = agreement();
    store.putAgreement(agreement({ id }));
    test.events.clear();
    store.removeAgreement(id);
    store.removeAgreement(id);
    expect(store.agreements()).toEqual([]);
    expect(test.events.types()).toEqual(['holding.changed']);
  });
});
