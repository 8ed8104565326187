import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Folder, MessageSummary } from '../../../shared/message';
import { PostOffice } from '../../harness/programs/post-office';
import { ProgramHome } from '../../harness/programs/program-home';
import { Thunderbird } from '../../interop/thunderbird';
import {
  awaitMessageScript,
  deleteScript,
  listFolderScript,
  logInScript,
  moveScript,
  readMessageScript,
  replyScript,
  searchScript,
} from '../../interop/thunderbird-mail-scripts';

/** The real Thunderbird on an account at the real core; mail comes by another program, and no Tor is needed. */
let office: PostOffice;
let curl: ProgramHome;
let thunderbird: Thunderbird;
/** Who has written, so that an answer has an onion to go to. */
let writer = '';

beforeAll(async () => {
  curl = new ProgramHome('curl');
  office = await PostOffice.start('bob');
  ({ address: writer } = await office.core.call('identities.create', { localPart: 'alice', label: '', colour: 'red' }));
  for (const subject of ['Apples', 'Pears', 'Plums']) await put(subject, `A basket of ${subject.toLowerCase()}.`);
  thunderbird = await Thunderbird.start(office.login.user, office.login);
});
afterAll(async () => {
  await thunderbird.stop();
  await office.end();
  curl.remove();
});

/** Puts a message into the inbox by curl. */
async function put(subject: string, text: string): Promise<void> {
  const { user, password, imapPort } = office.login;
  const head = [`From: Alice <${writer}>`, `To: ${user}`, `Subject: ${subject}`, `Message-ID: <${subject}@${writer}>`];
  const message = curl.write(subject, [...head, '', text, ''].join('\r\n'));
  const config = curl.write('curlrc', `user = "${user}:${password}"\n`);
  const url = `imap://127.0.0.1:${String(imapPort)}/INBOX`;
  await curl.succeed(['curl', '--silent', '--show-error', '--config', config, '--upload-file', message, url]);
}

async function listed(folder: Folder): Promise<readonly MessageSummary[]> {
  return (await office.core.call('messages.page', { identityId: office.identity.id, folder, limit: 100 })).messages;
}

const subjects = async (folder: Folder): Promise<string[]> =>
  (await listed(folder)).map(({ subject }) => subject).sort();

/** What Thunderbird lists. */
const list = async (folder: string): Promise<string[]> => {
  const messages = (await thunderbird.run(listFolderScript, [folder])) as { subject: string }[];
  return messages.map(({ subject }) => subject).sort();
};

it('logs in and lists what the window lists', async () => {
  const names = (await thunderbird.run(logInScript, [office.login.user, office.login.password])) as string[];
  const mailboxes = await office.core.call('mailboxes.list', { identityId: office.identity.id });
  expect(names).toEqual(expect.arrayContaining(mailboxes.map(({ name }) => (name === 'Inbox' ? 'INBOX' : name))));
  expect(await list('INBOX')).toEqual(['Apples', 'Pears', 'Plums']);
});

it('shows a message, which is read then before the window, too', async () => {
  // curl has put all of them as read.
  const messageIds = (await listed('inbox')).map(({ id }) => id);
  await office.core.call('messages.setFlags', { identityId: office.identity.id, messageIds, seen: false });
  expect(await list('INBOX')).toHaveLength(3);
  const since = office.core.mark;
  const seen = office.core.event(
    (event) => (event.type === 'message.changed' && event.message.seen ? true : undefined),
    {
      since,
      what: 'the message to be read',
    },
  );
  const shown = (await thunderbird.run(readMessageScript, ['INBOX', 'Pears'])) as Record<'subject' | 'text', string>;
  expect(shown.subject).toBe('Pears');
  expect(shown.text.trim()).toBe('A basket of pears.');
  await seen;
  const read = (await listed('inbox')).filter((message) => message.seen);
  expect(read.map(({ subject }) => subject)).toEqual(['Pears']);
});

it('finds by the words of bodies', async () => {
  expect(await thunderbird.run(searchScript, ['INBOX', 'basket of plums'])).toEqual(['Plums']);
});

it('answers by submission, once', async () => {
  await thunderbird.run(replyScript, ['INBOX', 'Pears', 'Thank you for the pears.']);
  expect([...(await subjects('outbox')), ...(await subjects('sent'))]).toEqual(['Re: Pears']);
});

it('moves and deletes before the window', async () => {
  await thunderbird.run(moveScript, ['INBOX', 'Pears', 'Archive']);
  await thunderbird.run(deleteScript, ['INBOX', 'Plums']);
  expect([await subjects('inbox'), await subjects('archive'), await subjects('trash')]).toEqual([
    ['Apples'],
    ['Pears'],
    ['Plums'],
  ]);
});

it('hears of new mail by IDLE', async () => {
  expect(await list('INBOX')).toEqual(['Apples']);
  await put('Quinces', 'A basket of quinces.');
  await thunderbird.run(awaitMessageScript, ['INBOX', 'Quinces']);
  expect(await list('INBOX')).toEqual(['Apples', 'Quinces']);
});
