import { describe, expect, it } from 'vitest';
import type { IdentityId, MailboxId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import { MAX_MAILBOXES, MAX_MAILBOX_DEPTH } from '../limits';
import { requireOwn, requirePlace, requireRoom, treeOf } from './mailbox-rules';

const idOf = (name: string): MailboxId => name as MailboxId;
const box = (name: string, parent?: string, change: Partial<MailboxSummary> = {}): MailboxSummary => ({
  id: idOf(name),
  identityId: 'me' as IdentityId,
  name,
  messages: 0,
  unseen: 0,
  ...(parent === undefined ? {} : { parentId: idOf(parent) }),
  ...change,
});
const special = (use: NonNullable<MailboxSummary['specialUse']>) => box(use, undefined, { specialUse: use });
/** One below the other. */
const chain = (length: number): MailboxSummary[] =>
  Array.from({ length }, (_, level) => box(`c${String(level)}`, level === 0 ? undefined : `c${String(level - 1)}`));
const refused = expect.objectContaining({ code: 'mailbox-refused' }) as Error;

describe('the place of a mailbox', () => {
  it('may be the top, one’s own, the inbox and the archive; no other', () => {
    const all = [special('inbox'), special('archive'), box('own')];
    for (const parentId of [undefined, 'inbox', 'archive', 'own'] as const)
      requirePlace(all, { parentId: parentId === undefined ? undefined : idOf(parentId) });
    for (const use of ['requests', 'drafts', 'outbox', 'sent', 'trash'] as const)
      expect(() => requirePlace([special(use)], { parentId: idOf(use) })).toThrow(refused);
  });

  it('is not the mailbox itself, nor one that lies in it', () => {
    const all = chain(4);
    for (const parentId of ['c1', 'c2', 'c3'])
      expect(() => requirePlace(all, { id: idOf('c1'), parentId: idOf(parentId) })).toThrow(refused);
    requirePlace(all, { id: idOf('c2'), parentId: idOf('c0') });
  });

  it('is not too deep, with all that lies in it', () => {
    const all = [...chain(MAX_MAILBOX_DEPTH), box('pair'), box('in pair', 'pair')];
    const at = (level: number) => idOf(`c${String(level - 1)}`);
    expect(() => requirePlace(all, { parentId: at(MAX_MAILBOX_DEPTH) })).toThrow(refused);
    requirePlace(all, { parentId: at(MAX_MAILBOX_DEPTH - 1) });
    expect(() => requirePlace(all, { id: idOf('pair'), parentId: at(MAX_MAILBOX_DEPTH - 1) })).toThrow(refused);
    requirePlace(all, { id: idOf('pair'), parentId: at(MAX_MAILBOX_DEPTH - 2) });
  });

  it('costs what there is, also of what no rule would have let in: 10,000 levels, and a circle', () => {
    expect(() => requirePlace(chain(10_000), { parentId: idOf('c9999') })).toThrow(refused);
    const circle = [box('a', 'b'), box('b', 'a')];
    expect(() => requirePlace(circle, { parentId: idOf('a') })).toThrow(refused);
    expect(() => requirePlace([...circle, special('inbox')], { id: idOf('a'), parentId: idOf('inbox') })).not.toThrow();
    expect(treeOf(chain(10_000), idOf('c0'))).toHaveLength(10_000);
  });
});

it('there are so many mailboxes and no more', () => {
  const many = Array.from({ length: MAX_MAILBOXES }, (_, number) => box(String(number)));
  requireRoom(many.slice(1));
  expect(() => requireRoom(many)).toThrow(expect.objectContaining({ code: 'too-many' }) as Error);
});

it('the seven keep their names and places', () => {
  requireOwn(box('own'));
  for (const use of ['inbox', 'requests', 'drafts', 'outbox', 'sent', 'archive', 'trash'] as const)
    expect(() => requireOwn(special(use))).toThrow(refused);
});
