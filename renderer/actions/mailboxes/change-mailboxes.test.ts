import { beforeEach, expect, test, vi } from 'vitest';
import { PosthornError } from '../../../shared/errors';
import { useConfirmation } from '../../state/questions/confirmation';
import { setMailboxes, useMailboxes } from '../../state/mailboxes';
import { useSelection } from '../../state/selection';
import { useToasts } from '../../state/toasts';
import { makeServices } from '../../testing/make-services';
import { resetStore } from '../../testing/reset-store';
import { mailboxId, makeMailbox, ME } from '../../testing/sample-mail';
import { createMailbox, deleteMailbox, emptyMailbox, moveMailbox, renameMailbox } from './change-mailboxes';

beforeEach(() => {
  resetStore(useConfirmation);
  resetStore(useMailboxes);
  resetStore(useSelection);
  resetStore(useToasts);
});

const toasts = (): string[] => useToasts.getState().shown.map(({ text }) => text);

test('a folder that was made is shown', async () => {
  const { services, calls } = makeServices({ core: { 'mailboxes.create': () => makeMailbox(5) } });
  expect(await createMailbox(services, { identityId: ME, name: 'New', parentId: undefined })).toBe(true);
  expect(calls).toEqual([['mailboxes.create', { identityId: ME, name: 'New' }]]);
  expect(useSelection.getState().folder).toBe(mailboxId(5));
});

test('a name that is refused says why, and is not taken', async () => {
  const refuse = () => Promise.reject(new PosthornError('mailbox-exists', 'There is one. Nothing was changed.'));
  const { services } = makeServices({ core: { 'mailboxes.rename': refuse } });
  expect(await renameMailbox(services, makeMailbox(1), 'Other')).toBe(false);
  expect(toasts()).toEqual(['There is one. Nothing was changed.']);
});

test('a folder that was moved can be moved back', async () => {
  const { services, calls } = makeServices({ core: { 'mailboxes.move': () => makeMailbox(1) } });
  setMailboxes(ME, [makeMailbox(1), makeMailbox(2, { name: 'Outer' })]);
  await moveMailbox(services, makeMailbox(1), undefined);
  expect(calls).toEqual([]);
  await moveMailbox(services, makeMailbox(1), mailboxId(2));
  expect(toasts()).toEqual(['Folder 1 moved into Outer']);
  useToasts.getState().shown[0]?.action?.run();
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  expect(calls.map(([, params]) => params)).toEqual([
    { identityId: ME, mailboxId: mailboxId(1), parentId: mailboxId(2) },
    { identityId: ME, mailboxId: mailboxId(1) },
  ]);
});

test('before a folder is deleted or emptied, it is said what becomes of the mail in all of it', async () => {
  const { services, calls } = makeServices({
    core: { 'mailboxes.delete': () => ({ moved: 5 }), 'mailboxes.empty': () => ({ messages: 5 }) },
  });
  const outer = makeMailbox(1, { name: 'Outer', messages: 2 });
  const trash = makeMailbox(3, { specialUse: 'trash', messages: 1 });
  setMailboxes(ME, [outer, makeMailbox(2, { messages: 3, parentId: mailboxId(1) }), trash]);
  deleteMailbox(services, outer);
  expect(useConfirmation.getState().question).toMatchObject({
    title: 'Delete the folder Outer and the 1 in it?',
    text: '5 messages will be moved to the Trash.',
  });
  expect(calls).toEqual([]);
  useConfirmation.getState().question?.run();
  await vi.waitFor(() => expect(toasts()).toEqual(['Outer deleted, 5 messages moved to the Trash']));
  emptyMailbox(services, outer);
  expect(useConfirmation.getState().question?.text).toBe('2 messages will be moved to the Trash.');
  emptyMailbox(services, trash);
  expect(useConfirmation.getState().question).toMatchObject({
    title: 'Empty Trash?',
    text: '1 message will be removed from this computer and cannot be brought back.',
  });
});
