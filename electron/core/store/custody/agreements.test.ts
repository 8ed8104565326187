import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MailStore } from '../../ports/storage/mail-store';
import { agreement, newAgreementId } from '../testing/custody-fixtures';
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
      faults: { missing: 1, replayed: 2, expired: 3 },
      handedOver: 4,
    });
    const bare = agreement({ state: 'asked' });
    store.custody.agreements.put(full);
    store.custody.agreements.put(bare);
    expect(test.reopen().custody.agreements.all()).toEqual([bare, full]);
    expect(store.custody.agreements.find(full.id)).toEqual(full);
    expect(store.custody.agreements.find(newAgreementId())).toBeUndefined();
    expect(test.events.seen).toEqual(Array(2).fill({ type: 'holding.changed', identityId: test.identityId }));
  });

  it('change in what is named alone', () => {
    const asked = agreement({ state: 'asked' });
    store.custody.agreements.put(asked);
    test.events.clear();
    store.custody.agreements.change(asked.id, { state: 'active', holderSignature: 'T'.repeat(86) });
    store.custody.agreements.change(asked.id, { reachedAt: NOW + 1, faults: { missing: 1, replayed: 0, expired: 0 } });
    expect(store.custody.agreements.find(asked.id)).toEqual({
      ...asked,
      state: 'active',
      holderSignature: 'T'.repeat(86),
      reachedAt: NOW + 1,
      faults: { missing: 1, replayed: 0, expired: 0 },
    });
    expect(test.events.types()).toEqual(['holding.changed', 'holding.changed']);
    expect(() => store.custody.agreements.change(newAgreementId(), { state: 'ended' })).toThrow(refused);
  });

  it('are not overwritten by somebody else who chose the same number', () => {
    const ours = agreement();
    store.custody.agreements.put(ours);
    expect(() => store.custody.agreements.put({ ...ours, peer: CAROL })).toThrow(refused);
    expect(() => store.custody.agreements.put({ ...ours, role: 'client' })).toThrow(refused);
    expect(store.custody.agreements.all()).toEqual([ours]);
    store.custody.agreements.put({ ...ours, state: 'ended' });
    expect(store.custody.agreements.find(ours.id)?.state).toBe('ended');
  });

  it('go, once', () => {
    const { id } = agreement();
    store.custody.agreements.put(agreement({ id }));
    test.events.clear();
    store.custody.agreements.remove(id);
    store.custody.agreements.remove(id);
    expect(store.custody.agreements.all()).toEqual([]);
    expect(test.events.types()).toEqual(['holding.changed']);
  });
});
