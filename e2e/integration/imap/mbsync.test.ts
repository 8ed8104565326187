import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageSummary } from '../../../shared/message';
import { someLetters } from '../../harness/programs/letters';
import { lookByImaplib, type SeenMailbox } from '../../harness/programs/look-by-imaplib';
import { Mbsync } from '../../harness/programs/mbsync';
import { PostOffice } from '../../harness/programs/post-office';
import { ProgramHome } from '../../harness/programs/program-home';

/** Each has a subject of its own, by which the window's list tells it from the others. */
const letters = someLetters(60).filter(
  ({ subject }, index, all) => subject !== '' && all.findIndex((one) => one.subject === subject) === index,
);
const [first, second, third, fourth, fifth, ...others] = letters as [Known, Known, Known, Known, Known, ...Known[]];
type Known = (typeof letters)[number];

let office: PostOffice;
let mbsync: Mbsync;
let witness: ProgramHome;

beforeAll(async () => {
  witness = new ProgramHome('imaplib');
  office = await PostOffice.start('alice');
  mbsync = new Mbsync(office.login);
});
afterAll(async () => {
  await office.end();
  mbsync.home.remove();
  witness.remove();
});

/** What the window lists, by subject. */
async function listed(name: string): Promise<ReadonlyMap<string, MessageSummary>> {
  const { id: identityId } = office.identity;
  const mailbox = (await office.core.call('mailboxes.list', { identityId })).find((one) => one.name === name);
  const page = await office.core.call('messages.page', { identityId, folder: mailbox!.id, limit: 500 });
  return new Map(page.messages.map((message) => [message.subject, message]));
}

const namesOf = (all: readonly Known[]): string[] => all.map(({ subject }) => subject).sort();
const idsOf = (all: readonly Known[]): string[] => all.map(({ messageId }) => messageId).sort();
const local = (name: string): string[] => [...mbsync.messages(name).keys()].sort();
const seenIn = async (name: string): Promise<SeenMailbox> => (await lookByImaplib(witness, office.login)).get(name)!;

/** Without what mbsync writes on top of a message, to find it again. */
const octetsIn = (one: Mbsync, name: string): string[] =>
  [...one.messages(name).values()].map(({ octets }) => octets.toString('latin1').replace(/^X-TUID: .*\n/mu, '')).sort();

/** A run that has nothing to do: no file of mbsync's changes, and the core tells of no mail. */
async function expectNothingMoves(): Promise<void> {
  const [files, mark] = [mbsync.everything(), office.core.mark];
  await mbsync.sync();
  expect(mbsync.everything()).toEqual(files);
  expect(office.core.events(mark).filter(({ type }) => type !== 'programs.changed')).toEqual([]);
}

it('puts what lies on the disk before the window, and the window’s mail on the disk', async () => {
  const identityId = office.identity.id;
  const content = { to: [], cc: [], bcc: [], subject: 'Half a letter', text: 'So far.\n' };
  await office.core.call('drafts.save', { identityId, content });
  mbsync.put('Work', { ...first, flags: 'F' });
  mbsync.put('Work', { ...second, flags: 'S' });
  mbsync.put('Work', { ...third, flags: 'RS' });
  for (const letter of [fourth, fifth, ...others]) mbsync.put('Work', letter);
  await mbsync.sync();

  const work = await listed('Work');
  expect([...work.keys()].sort()).toEqual(namesOf(letters));
  expect(work.get(first.subject)).toMatchObject({ flagged: true, seen: false, answered: false });
  expect(work.get(second.subject)).toMatchObject({ flagged: false, seen: true, answered: false });
  expect(work.get(third.subject)).toMatchObject({ flagged: false, seen: true, answered: true });
  const [draft, ...more] = [...mbsync.messages('Drafts').values()];
  expect(draft?.octets.toString()).toMatch(/^Subject: Half a letter$/mu);
  expect(more).toEqual([]);
});

it('moves nothing the second time', expectNothingMoves);

it('brings changes of both sides together, deletes on both, and renumbers nothing', async () => {
  const identityId = office.identity.id;
  const before = await seenIn('Work');
  const work = await listed('Work');
  const id = ({ subject }: Known) => work.get(subject)!.id;
  await office.core.call('messages.setFlags', { identityId, messageIds: [id(fourth)], flagged: true, seen: true });
  await office.core.call('messages.move', { identityId, messageIds: [id(first)], folder: 'archive' });
  await office.core.call('messages.move', { identityId, messageIds: [id(second)], folder: 'trash' });
  mbsync.setFlags('Work', third.messageId, 'FRS');
  mbsync.setFlags('Work', fifth.messageId, 'T');
  await mbsync.sync();

  const left = [third, fourth, ...others];
  expect(local('Work')).toEqual(idsOf(left));
  expect([...(await listed('Work')).keys()].sort()).toEqual(namesOf(left));
  expect(mbsync.messages('Work').get(fourth.messageId)).toMatchObject({ flags: 'FS' });
  expect((await listed('Work')).get(third.subject)).toMatchObject({ flagged: true, seen: true, answered: true });
  expect(local('Archive')).toEqual([first.messageId]);
  expect(local('Trash')).toEqual([second.messageId]);
  const after = await seenIn('Work');
  expect(after.uidValidity).toBe(before.uidValidity);
  const gone = [first, second, fifth].map(({ messageId }) => messageId);
  const kept = (messages: SeenMailbox['messages']) => messages.map(({ uid, messageId }) => `${uid} ${messageId}`);
  expect(kept(after.messages)).toEqual(kept(before.messages.filter(({ messageId }) => !gone.includes(messageId))));
  await expectNothingMoves();
});

it('gives another computer the same, octet for octet', async () => {
  const other = new Mbsync(office.login);
  try {
    await other.sync();
    for (const name of ['Work', 'Archive', 'Drafts', 'Trash'])
      expect(octetsIn(other, name)).toEqual(octetsIn(mbsync, name));
    expect(other.messages('Work').size).toBe(letters.length - 3);
  } finally {
    other.home.remove();
  }
});
