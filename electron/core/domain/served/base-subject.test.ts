import { expect, it } from 'vitest';
import { growth, LINEAR } from '../../testing/growth';
import { baseSubject } from './base-subject';
import { firstMailbox } from './first-mailbox';

it.each([
  ['Re: [list] Re[2]: Supper', 'supper'],
  ['[list] [more] Supper', 'supper'],
  ['[list]', '[list]'],
  ['[list] [more]', '[more]'],
  ['Fwd: Supper (fwd) (fwd)', 'supper'],
  ['[list] (fwd)(fwd)', '[list]'],
  ['[Fwd: Re: [list] Supper (fwd)]', 'supper'],
  ['re:', ''],
  ['Report: [draft] Supper', 'report: [draft] supper'],
])('finds the base of «%s»', (subject, base) => {
  expect(baseSubject(subject)).toBe(base);
});

/** As long as a header of 64 KiB lets a subject be, four times for the greater amount. */
const OCTETS = 16_000;

it.each([
  ['re:', ''],
  ['[]', ''],
  ['[] ', ''],
  ['[]re:', ''],
  ['[fwd:', ']'],
  ['[fwd:[]', ']'],
  ['', '(fwd)'],
  ['', ' (fwd'],
])('takes no longer than a subject is long, of signs as «%s» and «%s»', async (before, behind) => {
  const subjects = ([1, 4] as const).map((amount) => {
    const count = (amount * OCTETS) / Math.max(before.length + behind.length, 1);
    return [amount, `${before.repeat(count)}x${behind.repeat(count)}`] as const;
  });
  const bySize = new Map(subjects);
  const work = (amount: 1 | 4): void => {
    for (let round = 0; round < 5; round += 1) baseSubject(bySize.get(amount) ?? '');
  };
  expect(await growth(work)).toBeLessThan(LINEAR);
});

it.each([
  ['Bob <bob@b.onion>, carol@c.onion', 'bob'],
  ['"Bob, B." <bob@b.onion>', 'bob'],
  ['carol@c.onion', 'carol'],
  ['friends: Carol@c.onion;', 'carol'],
  ['(a@b) <Bob Builder', '<bob builder'],
  ['Bob', 'bob'],
])('finds the first mailbox of «%s»', (field, mailbox) => {
  expect(firstMailbox(field)).toBe(mailbox);
});

it('takes no longer for an address field of one long word than for another', async () => {
  const fields = { 1: 'a'.repeat(500), 4: 'a'.repeat(2_000) };
  const work = (amount: 1 | 4): void => {
    for (let round = 0; round < 1_000; round += 1) firstMailbox(fields[amount]);
  };
  expect(await growth(work)).toBeLessThan(LINEAR);
});
