import { expect, test } from 'vitest';
import type { WishMessage } from '../../../shared/contract/shell-contract';
import { PageWishes, wishChannel } from './page-wishes';

/** Long enough never to pass in a test that does not wait for it. */
const long = 600_000;

function page() {
  const heard: WishMessage[] = [];
  const send = (channel: string, message: WishMessage): void => {
    if (channel === wishChannel) heard.push(message);
  };
  return { heard, page: { send } };
}

test('a wish reaches the page that listens, and is answered by its number', async () => {
  const wishes = new PageWishes(long);
  const { heard, page: there } = page();
  wishes.listen(there);
  const asked = [wishes.ask({ kind: 'save' }), wishes.ask({ kind: 'compose' })];
  expect(heard.map(({ wish }) => wish.kind)).toEqual(['save', 'compose']);
  wishes.heard(heard[1]!.wishId);
  wishes.heard(12_345);
  expect(await asked[1]).toBe(true);
  wishes.heard(heard[0]!.wishId);
  expect(await asked[0]).toBe(true);
});

test('a wish before the page listens waits for it', () => {
  const wishes = new PageWishes(long);
  void wishes.ask({ kind: 'compose' });
  expect(wishes.listening).toBe(false);
  const { heard, page: there } = page();
  wishes.listen(there);
  wishes.listen(there);
  expect(heard.map(({ wish }) => wish.kind)).toEqual(['compose']);
  wishes.left();
});

test('a page that hangs, and one that goes, keep nobody waiting', async () => {
  const hanging = new PageWishes(1);
  hanging.listen(page().page);
  expect(await hanging.ask({ kind: 'save' })).toBe(false);
  const wishes = new PageWishes(long);
  const { heard, page: there } = page();
  wishes.listen(there);
  const asked = wishes.ask({ kind: 'save' });
  wishes.left();
  expect(await asked).toBe(false);
  // The next page is not asked for what the former was.
  const next = page();
  wishes.listen(next.page);
  wishes.heard(heard[0]!.wishId);
  expect(next.heard).toEqual([]);
});

test('what was not heard in time is not wished of a page that comes later', async () => {
  const wishes = new PageWishes(1);
  expect(await wishes.ask({ kind: 'compose' })).toBe(false);
  const { heard, page: there } = page();
  wishes.listen(there);
  expect(heard).toEqual([]);
});
