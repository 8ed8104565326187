import { beforeEach, describe, expect, it } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import type { CustodyOverview, MailClient, MailHolder } from '../../../shared/custody';
import { defaultHoldTerms } from '../../../shared/custody';
import type { AgreementId } from '../../../shared/ids';
import { useCustodies } from '../../state/custody';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import type { Answers } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { addressOf, contactId, ME, NOON, uuid } from '../../testing/sample-mail';
import { answerClient } from './answer-client';
import { askAgain, askHolder } from './ask-holder';
import { collectMail } from './collect-mail';
import { dismissMissing } from './dismiss-missing';
import { endAgreement, forgetAgreements } from './end-agreement';
import { pairHolder } from './pair-holder';

const agreementId = uuid(50) as AgreementId;
const none: CustodyOverview = { holders: [], clients: [], missing: [] };
const bob: MailHolder = {
  agreementId,
  contactId: contactId(5),
  address: addressOf('bob'),
  state: 'asked',
  terms: defaultHoldTerms,
  askedAt: NOON,
  handedOver: 0,
  faults: { missing: 0, replayed: 0, expired: 0 },
};
const { contactId: _contact, faults: _faults, ...common } = bob;
const client: MailClient = { ...common, heldMessages: 0, heldBytes: 0 };
const known: CustodyOverview = { ...none, holders: [bob] };

const makeCore = (core: Answers['core'] = {}) =>
  makeServices({
    core: {
      'holding.view': () => known,
      'holding.ask': () => bob,
      'holding.answer': () => client,
      'holding.end': () => none,
      'holding.forget': () => none,
      'holding.dismissMissing': () => none,
      'holding.collect': () => ({}),
      'holding.pair': () => bob,
      ...core,
    },
  });
const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);
const shown = (): CustodyOverview | undefined => useCustodies.getState().byIdentity[ME];
const refuse = () => Promise.reject(new PosthornError('hold-refused', 'They are not verified. Nothing was changed.'));

beforeEach(() => {
  resetStore(useCustodies);
  resetStore(useToasts);
});

describe('asking somebody to keep mail', () => {
  const asked = { identityId: ME, contactId: contactId(5), terms: defaultHoldTerms };

  it('shows them as asked', async () => {
    const { services, calls } = makeCore();
    await askHolder(services, { ...asked, name: 'Bob' });
    expect(calls).toEqual([
      ['holding.ask', asked],
      ['holding.view', { identityId: ME }],
    ]);
    expect(shown()).toEqual(known);
    expect(toasts()).toEqual(['Bob is being asked']);
  });

  it('throws what the core refused, for the form to show', async () => {
    const { services } = makeCore({ 'holding.ask': refuse });
    await expect(askHolder(services, { ...asked, name: 'Bob' })).rejects.toMatchObject({ code: 'hold-refused' });
    expect(toasts()).toEqual([]);
  });

  it('again takes an unanswered question back first, on the terms of before', async () => {
    const { services, calls } = makeCore();
    await askAgain(services, { identityId: ME, holder: bob, name: 'Bob' });
    expect(calls.map(([method]) => method)).toEqual(['holding.end', 'holding.ask', 'holding.view']);
    expect(calls[1]).toEqual(['holding.ask', asked]);
  });

  it('again of somebody who said no ends nothing', async () => {
    const { services, calls } = makeCore();
    await askAgain(services, { identityId: ME, holder: { ...bob, state: 'refused' }, name: 'Bob' });
    expect(calls.map(([method]) => method)).toEqual(['holding.ask', 'holding.view']);
  });

  it('again does nothing for somebody who is no contact any more', async () => {
    const { services, calls } = makeCore();
    const { contactId: _gone, ...stranger } = bob;
    await askAgain(services, { identityId: ME, holder: stranger, name: 'Bob' });
    expect(calls).toEqual([]);
  });
});

describe('answering somebody who asks', () => {
  it.each([
    [true, 'You keep mail for Bob'],
    [false, 'Bob is told that you do not'],
  ])('with %s says what that means', async (accept, text) => {
    const { services, calls } = makeCore();
    await answerClient(services, { identityId: ME, client, accept, name: 'Bob' });
    expect(calls[0]).toEqual(['holding.answer', { identityId: ME, agreementId, accept }]);
    expect(toasts()).toEqual([text]);
  });

  it('reads how it stands also when the question was taken back meanwhile', async () => {
    const { services } = makeCore({ 'holding.answer': refuse });
    await answerClient(services, { identityId: ME, client, accept: true, name: 'Bob' });
    expect(toasts()).toEqual(['They are not verified. Nothing was changed.']);
    expect(shown()).toEqual(known);
  });
});

describe('ending and forgetting', () => {
  it('shows what is left', async () => {
    const { services } = makeCore();
    await endAgreement(services, { identityId: ME, of: bob });
    expect(shown()).toEqual(none);
  });

  it('forgets everything that was before with somebody, also after one failure', async () => {
    let failures = 1;
    const { services, calls } = makeCore({ 'holding.forget': () => (failures-- > 0 ? refuse() : none) });
    await forgetAgreements(services, { identityId: ME, over: [bob, client] });
    expect(calls.map(([method]) => method)).toEqual(['holding.forget', 'holding.forget']);
    expect(shown()).toEqual(none);
  });

  it('keeps what was known when the core refuses', async () => {
    const { services } = makeCore({ 'holding.dismissMissing': refuse });
    useCustodies.setState({ byIdentity: { [ME]: known } });
    await dismissMissing(services, { identityId: ME, contactId: contactId(5) });
    expect(shown()).toEqual(known);
  });
});

describe('fetching what is kept', () => {
  it('says that it is asked for, and not when it is not', async () => {
    await collectMail(makeCore().services, ME);
    expect(toasts()).toEqual(['They are being asked; mail arrives in your Inbox']);
    await collectMail(makeCore({ 'holding.collect': refuse }).services, ME);
    expect(toasts()).toHaveLength(2);
    expect(useToasts.getState().shown[1]?.tone).toBe('danger');
  });
});

describe('pairing with a machine of one’s own', () => {
  it('passes the code without white space, and a name only when there is one', async () => {
    const { services, calls } = makeCore();
    await pairHolder(services, { identityId: ME, text: '  code\n', name: ' ' });
    await pairHolder(services, { identityId: ME, text: 'code', name: ' Attic ' });
    expect(calls.filter(([method]) => method === 'holding.pair').map(([, params]) => params)).toEqual([
      { identityId: ME, text: 'code' },
      { identityId: ME, text: 'code', name: 'Attic' },
    ]);
  });
});
