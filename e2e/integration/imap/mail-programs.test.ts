import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { MessageDetail, MessageSummary } from '../../../shared/message';
import type { MailboxRef } from '../../../shared/mailbox';
import { setupOf } from '../../../renderer/features/settings/programs/program-setup';
import { Person } from '../../harness/people/person';
import { fileAwayScript, idleScript, readMailScript } from '../../harness/programs/imaplib-scripts';
import { letProgramIn, type ProgramLogin } from '../../harness/programs/let-program-in';
import { runMutt } from '../../harness/programs/mutt';
import { ProgramHome } from '../../harness/programs/program-home';

/** Alice writes by programs of Debian, Bob reads by them; between the two are two Posthorns and Tor. */
let alice: Person;
let bob: Person;
let aliceLogin: ProgramLogin;
let bobLogin: ProgramLogin;
let aliceHome: ProgramHome;
let bobHome: ProgramHome;

/** A mail as Python's own parser understands it. */
type Read = {
  readonly uid: number;
  readonly flags: readonly string[];
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly files: readonly string[];
  readonly results: string;
};

beforeAll(async () => {
  const { torrc } = inject('tornet');
  [aliceHome, bobHome] = [new ProgramHome('alice-programs'), new ProgramHome('bob-programs')];
  [alice, bob] = await Promise.all([
    Person.start({ name: 'alice', torrc, localParts: ['alice'] }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    const { id: identityId } = one.identity;
    await one.core.call('contacts.add', { identityId, address: other.identity.address, name: '' });
  }
  aliceLogin = await letProgramIn(alice.core, { identity: alice.identity, name: 'programs' });
  bobLogin = await letProgramIn(bob.core, { identity: bob.identity, name: 'programs' });
});
afterAll(async () => {
  await Promise.all([alice, bob].map((person) => person.end()));
  for (const home of [aliceHome, bobHome]) home.remove();
});

const python = (script: string): string[] => ['/usr/bin/python3', '-c', script];

async function folderOf({ core, identity: { id: identityId } }: Person, name: string): Promise<MailboxRef> {
  return (await core.call('mailboxes.list', { identityId })).find((mailbox) => mailbox.name === name)!.id;
}

async function listed(person: Person, folder: MailboxRef): Promise<readonly MessageSummary[]> {
  const { id: identityId } = person.identity;
  return (await person.core.call('messages.page', { identityId, folder, limit: 100 })).messages;
}

const read = ({ core, identity }: Person, { id: messageId }: MessageSummary): Promise<MessageDetail> =>
  core.call('messages.read', { identityId: identity.id, messageId });

/** Resolves when the sender has heard that it arrived: it lies in Sent from then on. */
function delivered({ core }: Person, subject: string): Promise<MessageSummary> {
  return core.event(
    (event) =>
      event.type === 'message.changed' && event.message.folder === 'sent' && event.message.subject === subject
        ? event.message
        : undefined,
    { what: `«${subject}» to lie in Sent` },
  );
}

async function readByImaplib(mailbox: string): Promise<readonly Read[]> {
  return JSON.parse(await bobHome.succeed(python(readMailScript), JSON.stringify({ ...bobLogin, mailbox }))) as Read[];
}

async function sendByMsmtp(subject: string, text: string): Promise<void> {
  const config = setupOf('mutt', aliceLogin).files.find(({ name }) => name === '~/.msmtprc');
  const letter = [
    `From: Alice <${alice.identity.address}>`,
    `To: ${bob.identity.address}`,
    `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    'User-Agent: a program that tells too much',
    '',
    text,
  ].join('\n');
  await aliceHome.succeed(['msmtp', '-C', aliceHome.write(config!.name, config!.text), '-t'], letter);
}

const curl = (path: string, ...options: readonly string[]): Promise<string> => {
  const config = bobHome.write('curlrc', `user = "${bobLogin.user}:${bobLogin.password}"\n`);
  const url = `imap://127.0.0.1:${String(bobLogin.imapPort)}/${path}`;
  return bobHome.succeed(['curl', '--silent', '--show-error', '--config', config, ...options, url]);
};

it('msmtp hands a letter over, which arrives sealed and lies in Sent once', async () => {
  await sendByMsmtp('Grüße vom Boot', 'Wir sind da.\nKommst du?\n');
  const arrived = await bob.received('Grüße vom Boot');
  expect(arrived).toMatchObject({ folder: 'inbox', protection: 'verified', from: alice.identity.address });
  expect((await read(bob, arrived)).text.trim()).toBe('Wir sind da.\nKommst du?');
  await delivered(alice, 'Grüße vom Boot');
  expect((await listed(alice, 'sent')).map(({ subject }) => subject)).toEqual(['Grüße vom Boot']);
  const sealed = await bob.core.call('messages.raw', { identityId: bob.identity.id, messageId: arrived.id });
  expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/User-Agent|Gr=C3|Kommst/u);
});

it('imaplib reads what the window shows, and files it away before the window', async () => {
  const [shown] = await listed(bob, 'inbox');
  const [mail, ...more] = await readByImaplib('INBOX');
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ subject: 'Grüße vom Boot', flags: [] });
  const { text, attachments } = await read(bob, shown!);
  expect(mail!.text.replaceAll('\r\n', '\n').trim()).toBe(text.trim());
  // The window does not show the key that comes with a letter.
  expect(mail!.files).toEqual([...attachments.map(({ filename }) => filename), 'OpenPGP_key.asc']);
  expect(mail!.from).toContain(alice.identity.address);
  expect(mail!.to).toContain(bob.identity.address);
  expect(mail!.results).toMatch(new RegExp(`^${bob.identity.address.split('@')[1]!}; openpgp=pass`, 'u'));

  const asked = { ...bobLogin, subject: 'vom Boot', mailbox: 'Boats' };
  expect(JSON.parse(await bobHome.succeed(python(fileAwayScript), JSON.stringify(asked)))).toEqual([`${mail!.uid}`]);
  expect(await listed(bob, 'inbox')).toEqual([]);
  const [moved] = await listed(bob, await folderOf(bob, 'Boats'));
  expect(moved).toMatchObject({ subject: 'Grüße vom Boot', flagged: true, seen: true, keywords: ['holiday'] });

  // And the other way round.
  const of = { identityId: bob.identity.id, messageIds: [moved!.id] };
  await bob.core.call('messages.setFlags', { ...of, flagged: false, seen: false });
  await bob.core.call('messages.move', { ...of, folder: 'inbox' });
  expect(await readByImaplib('Boats')).toEqual([]);
  expect(await readByImaplib('INBOX')).toMatchObject([{ subject: 'Grüße vom Boot', flags: ['holiday'] }]);
});

it('imaplib hears of new mail while it waits in IDLE', async () => {
  const idle = bobHome.start(python(idleScript), JSON.stringify(bobLogin));
  await idle.line(/^idling$/u);
  await sendByMsmtp('While you wait', 'Now.\n');
  const told = JSON.parse(await idle.line(/^\{/u)) as Read & { said: string[] };
  expect(told.subject).toBe('While you wait');
  expect(told.text.trim()).toBe('Now.');
  expect(told.said.at(-1)).toBe('* 2 EXISTS');
  expect(await idle.ended).toBe(0);
});

it('curl lists, finds, fetches and puts mail', async () => {
  const names = (await bob.core.call('mailboxes.list', { identityId: bob.identity.id })).map(({ name }) => name);
  const list = await curl('');
  for (const name of names) expect(list).toMatch(new RegExp(`"?${name === 'Inbox' ? 'INBOX' : name}"?\\r?$`, 'mu'));
  expect(await curl('INBOX?SUBJECT%20wait')).toBe('* SEARCH 2\r\n');
  expect(await curl('INBOX;MAILINDEX=2')).toMatch(/^Subject: While you wait\r\n[^]*\r\n\r\nNow\.\r\n/mu);
  const draft = bobHome.write('draft.eml', 'Subject: Not yet\r\nMessage-ID: <1@draft>\r\n\r\nHalf a letter.\r\n');
  await curl('Drafts', '--upload-file', draft);
  const [kept] = await listed(bob, 'drafts');
  expect(kept).toMatchObject({ subject: 'Not yet' });
});

it('mutt reads in a terminal, answers, and saves into the archive', async () => {
  const keys = '<last-entry><reply><send-message><save-message><kill-line>=Archive<enter><quit>';
  await runMutt(bobHome, { login: bobLogin, keys, answer: 'I am here now.\n' });
  const answer = await alice.received('Re: While you wait');
  expect((await read(alice, answer)).text).toContain('I am here now.');
  expect(answer.threadId).toBe((await delivered(alice, 'While you wait')).threadId);
  await delivered(bob, 'Re: While you wait');
  expect((await listed(bob, 'sent')).map(({ subject }) => subject)).toEqual(['Re: While you wait']);
  expect(await listed(bob, 'archive')).toMatchObject([{ subject: 'While you wait', seen: true, answered: true }]);
  expect((await listed(bob, 'inbox')).map(({ subject }) => subject)).toEqual(['Grüße vom Boot']);
});

it('fetchmail takes the mail away', async () => {
  const config = bobHome.write(
    'fetchmailrc',
    [
      'set no syslog',
      `poll 127.0.0.1 service ${String(bobLogin.imapPort)} protocol imap auth password`,
      `user "${bobLogin.user}" password "${bobLogin.password}" sslproto "" no rewrite fetchall no keep`,
      `mda "cat >> ${join(bobHome.path, 'taken')}"`,
      '',
    ].join('\n'),
  );
  const fetchmail = ['fetchmail', '--fetchmailrc', config, '--pidfile', join(bobHome.path, 'pid'), '--nodetach'];
  await bobHome.succeed(fetchmail);
  const taken = readFileSync(join(bobHome.path, 'taken'), 'utf8');
  expect(taken).toMatch(/^Subject: =\?utf-8\?/imu);
  expect(taken).toMatch(/\nWir sind da\.\r?\nKommst du\?\r?\n/u);
  expect(await listed(bob, 'inbox')).toEqual([]);
  // «No mail» is its status 1.
  expect(await bobHome.run(fetchmail)).toMatchObject({ status: 1 });
});
