import { describe, expect, it } from 'vitest';
import type { Contact } from '../../../shared/contact';
import type { Identity } from '../../../shared/identity';
import type { CustodyOverview, MailHolder, MissingMail } from '../../../shared/custody';
import { HoldTerms } from '../../../shared/custody';
import { pairingProblem, requestHeadline } from '../../words/custody-page-words';
import { askablePeople, canAskAgain, foundAskable, learners } from './askable';
import { currentRows, overWith } from './current-rows';
import { holderBanners, otherAsked } from './holder-banners';
import { missingHeadline, missingLines } from './missing-mail';
import { chosenTerms, dayChoices, quotaChoices } from './terms-choice';

const person = (name: string, change: object = {}) =>
  ({
    id: name,
    name,
    address: `${name.toLowerCase()}@x.onion`,
    blocked: false,
    learnsHolders: true,
    standing: { kind: 'verified' },
    ...change,
  }) as unknown as Contact;
const holder = (name: string, state: MailHolder['state']) =>
  ({ address: `${name.toLowerCase()}@x.onion`, state }) as unknown as MailHolder;

describe('who can be asked', () => {
  const contacts = [
    person('Ana', { standing: { kind: 'unverified', vouchedBy: [] } }),
    person('Bob'),
    person('Carol', { standing: { kind: 'introduced', path: [], others: 0 } }),
    person('Dave'),
    person('Eve', { blocked: true }),
    person('Fay'),
    person('Gus', { isPrivate: true }),
    person('Hal', { standing: { kind: 'no-key', verified: true } }),
    person('Ivy', { standing: { kind: 'no-key', verified: false } }),
  ];

  it('are the verified and introduced first, the others with the reason why not', () => {
    const people = askablePeople(contacts, [holder('Dave', 'active'), holder('Fay', 'refused')]);
    expect(people.map(({ contact, reason }) => [contact.name, reason])).toEqual([
      ['Bob', undefined],
      ['Carol', undefined],
      ['Fay', undefined],
      ['Hal', undefined],
      ['Ana', 'Not verified yet'],
      ['Dave', 'Keeps mail for you already'],
      ['Eve', 'Blocked'],
      ['Gus', 'Others could not find them'],
      ['Ivy', 'Their key is not here yet'],
    ]);
  });

  it('can be searched by name and address', () => {
    const people = askablePeople(contacts, []);
    expect(foundAskable(people, ' aRo').map(({ contact }) => contact.name)).toEqual(['Carol']);
    expect(foundAskable(people, 'bob@')).toHaveLength(1);
    expect(foundAskable(people, 'ĆÁRÓL').map(({ contact }) => contact.name)).toEqual(['Carol']);
  });
});

describe('those who were asked', () => {
  const day = 24 * 60 * 60_000;
  const asked = (change: object) =>
    ({ state: 'asked', contactId: 'Dave', askedAt: 0, ...change }) as unknown as MailHolder;

  it('can be asked again when they said no, or nothing for a day', () => {
    expect(canAskAgain(asked({}), day / 2)).toBe(false);
    expect(canAskAgain(asked({}), 2 * day)).toBe(true);
    expect(canAskAgain(asked({ state: 'refused' }), 1)).toBe(true);
    expect(canAskAgain(asked({ state: 'active' }), 2 * day)).toBe(false);
    expect(canAskAgain(asked({ state: 'ended', contactId: undefined }), 1)).toBe(false);
  });

  it('stand in the order of what they do', () => {
    expect(
      currentRows([holder('Ana', 'ended'), holder('Bob', 'asked'), holder('Carol', 'active')]).map(
        ({ state }) => state,
      ),
    ).toEqual(['active', 'asked', 'ended']);
  });

  it('stand there once, unless more than one still matters', () => {
    const at = (askedAt: number, state: MailHolder['state'], more: object = {}) => ({
      ...holder('Dave', state),
      askedAt,
      ...more,
    });
    const rows = [at(1, 'ended'), at(2, 'refused'), at(3, 'active')];
    expect(currentRows(rows)).toEqual([rows[2]]);
    expect(currentRows(rows.slice(0, 2))).toEqual([rows[1]]);
    expect(overWith(rows, 'dave@x.onion')).toEqual(rows.slice(0, 2));
    const kept = at(1, 'ended', { heldMessages: 2 });
    expect(currentRows([kept, at(3, 'active')])).toHaveLength(2);
    expect(overWith([kept], 'dave@x.onion')).toEqual([]);
  });
});

describe('who learns of them', () => {
  it('does not count blocked people, nor the only one who keeps the mail', () => {
    const contacts = [
      person('Bob'),
      person('Carol', { learnsHolders: false }),
      person('Dave'),
      person('Eve', { blocked: true }),
    ];
    expect(learners(contacts, [holder('Dave', 'active')])).toEqual({ all: 2, told: 1 });
    expect(learners(contacts, [holder('Dave', 'active'), holder('Bob', 'active')])).toEqual({ all: 3, told: 2 });
  });
});

describe('what is asked for', () => {
  it('is always something that may be asked', () => {
    for (const { value: quota } of quotaChoices)
      for (const { value: days } of dayChoices)
        expect(HoldTerms.parse(chosenTerms({ quota, days })).largeDays).toBeLessThanOrEqual(Number(days));
  });
});

describe('missing mail', () => {
  const missing = (contactId: string, change: object = {}) =>
    ({ contactId, count: 2, since: 2, ...change }) as unknown as MissingMail;

  it('is told longest first, with the people in it', () => {
    const [first, second] = missingLines(
      [missing('Bob'), missing('Ana', { since: 1, holder: 'x.onion', holderContactId: 'Dave' })],
      [person('Ana'), person('Bob'), person('Dave')],
    );
    expect(first).toMatchObject({ title: '2 messages from Ana have not arrived.', holder: { name: 'Dave' } });
    expect(second?.title).toContain('Bob');
  });

  it('still reads when somebody was removed', () => {
    const [line] = missingLines([missing('Bob', { holder: 'x.onion' })], []);
    expect(line?.title).toBe('2 messages from somebody you removed have not arrived.');
    expect(line?.sentence).toMatch(/^Somebody you removed has kept them/u);
  });

  it('has one headline for all', () => {
    expect(missingHeadline([])).toBeUndefined();
    expect(missingHeadline(missingLines([missing('Bob')], [person('Bob')]))?.title).toContain('from Bob');
    expect(missingHeadline(missingLines([missing('Bob'), missing('Ana')], []))?.title).toBe(
      '4 messages from 2 people have not arrived.',
    );
  });
});

describe('banners over the inbox', () => {
  const missing = {} as MissingMail;
  const holding = (change: object = {}) => ({ holders: [], clients: [], missing: [], ...change });
  const asks = { clients: [{ state: 'asked' }] as never };

  it('hints once, and never beside something else', () => {
    expect(holderBanners(holding(), false)).toEqual(['hint']);
    expect(holderBanners(holding(), true)).toEqual([]);
    expect(holderBanners(holding(asks), false)).toEqual(['request']);
    expect(holderBanners(holding({ ...asks, missing: [missing] }), false)).toEqual(['missing', 'request']);
  });

  it('hints as long as nobody keeps mail or was asked to', () => {
    expect(holderBanners(holding({ holders: [holder('Dave', 'refused')] }), false)).toEqual(['hint']);
    expect(holderBanners(holding({ holders: [holder('Dave', 'refused'), holder('Eve', 'asked')] }), false)).toEqual([]);
  });

  it('tells of another identity that is asked', () => {
    const identities = ['me', 'work', 'home'].map((id) => ({ id })) as unknown as Identity[];
    const find = (byIdentity: Readonly<Record<string, CustodyOverview>>) =>
      otherAsked({ identities, present: identities[0]!, byIdentity })?.id;
    expect(find({ me: holding(asks), work: holding() })).toBeUndefined();
    expect(find({ me: holding(), home: holding(asks) })).toBe('home');
  });

  it('names one who asks, and counts several', () => {
    expect(requestHeadline(['Dave'])).toBe('Dave asks you to keep their mail while they are away.');
    expect(requestHeadline(['Dave', 'Eve'])).toMatch(/^2 people ask/u);
  });

  it('says why a pairing code does not work', () => {
    expect(pairingProblem('card-refused')).toContain('not a pairing code');
    expect(pairingProblem('tor-offline')).toBeUndefined();
  });
});
