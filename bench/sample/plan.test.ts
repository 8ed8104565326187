import { expect, test } from 'vitest';
import { planMail } from './plan-mail';
import { planPeople } from './plan-people';

const now = Date.UTC(2026, 5, 1);
const { people, vouchings } = planPeople(52, 7);
const plan = (messages: number, seed = 7) => [...planMail({ messages, people, identities: 3, seed, now })];

test('a seed gives the same mail again, and another seed other mail', () => {
  expect(plan(200)).toEqual(plan(200));
  expect(plan(200, 8)).not.toEqual(plan(200));
});

test('mail is in the order of its dates, none of it from the future', () => {
  const dates = plan(500).map(({ at }) => at);
  expect(dates).toEqual([...dates].sort((a, b) => a - b));
  expect(dates.at(-1)).toBe(now);
});

test('a message answers only such as came before it, in its thread and its mailbox', () => {
  const mail = plan(500);
  for (const { number, ancestors, identity, person } of mail) {
    for (const ancestor of ancestors) {
      expect(ancestor).toBeLessThan(number);
      expect(mail[ancestor]).toMatchObject({ identity, person });
    }
  }
});

test('there is something of everything', () => {
  const mail = plan(500);
  const share = (is: (one: (typeof mail)[number]) => boolean): number => mail.filter(is).length / mail.length;
  expect(share(({ direction }) => direction === 'sent')).toBeGreaterThan(0.05);
  expect(share(({ ancestors }) => ancestors.length > 0)).toBeGreaterThan(0.3);
  expect(share(({ html }) => html)).toBeGreaterThan(0.1);
  expect(share(({ files }) => files.length > 0)).toBeGreaterThan(0.05);
  expect(share(({ seen }) => !seen)).toBeGreaterThan(0.01);
  expect(new Set(mail.map(({ person }) => people[person]?.language.tag)).size).toBe(13);
  expect(new Set(mail.map(({ identity }) => identity)).size).toBe(3);
});

test('every person has an address of their own, and whom an introducer certifies is to be introduced', () => {
  expect(new Set(people.map(({ localPart }) => localPart)).size).toBe(people.length);
  for (const { from, to } of vouchings)
    expect([people[from]?.role, people[to]?.role]).toEqual(['introducer', 'introduced']);
});
