import { expect, test } from 'vitest';
import { mailboxId, makeMailbox } from '../../testing/sample-mail';
import { foldersInTree } from './folder-tree';

const at = (mailbox: number, name: string, parent?: number) =>
  makeMailbox(mailbox, { name, ...(parent === undefined ? {} : { parentId: mailboxId(parent) }) });

test('folders stand by name, numbers by what they count, each behind the one it lies in', () => {
  const all = [
    makeMailbox(1, { specialUse: 'inbox' }),
    at(2, 'Zoo'),
    at(3, 'a 10'),
    at(4, 'a 9'),
    at(5, 'Inner', 3),
    at(6, 'Deep', 5),
    at(7, 'In the inbox', 1),
  ];
  expect(foldersInTree(all).map(({ mailbox, depth }) => [mailbox.name, depth])).toEqual([
    ['a 9', 0],
    ['a 10', 0],
    ['Inner', 1],
    ['Deep', 2],
    ['Zoo', 0],
  ]);
  expect(
    foldersInTree([...all, at(8, 'In that', 7)], mailboxId(1)).map(({ mailbox, depth }) => [mailbox.name, depth]),
  ).toEqual([
    ['In the inbox', 1],
    ['In that', 2],
  ]);
  expect(foldersInTree([at(9, 'Early', 99)])).toHaveLength(1);
});

test('two thousand of them are listed, also one below the other', () => {
  const many = Array.from({ length: 2_000 }, (_, number) => at(number, String(number)));
  expect(foldersInTree(many)).toHaveLength(2_000);
  const deep = Array.from({ length: 16 }, (_, level) => at(level, String(level), level === 0 ? undefined : level - 1));
  expect(foldersInTree(deep).at(-1)?.depth).toBe(15);
});
