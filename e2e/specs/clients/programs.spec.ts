import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { expect, test } from 'playwright/test';
import { makeSampleProfile, sampleEnvironment, type SampleProfile } from '../../harness/people/sample-profile';
import { temporaryFolder, type TemporaryFolder } from '../../harness/process/temporary-folder';
import { pictures } from '../../harness/window/gallery';
import { launchApp, type RunningApp } from '../../harness/window/launch-app';

/** Other mail programs, on the profile of somebody who does not exist. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;
let window: RunningApp;
let ports: { readonly imap: number; readonly submission: number };
let password: string;
let user: string;
let home: TemporaryFolder;

test.beforeAll(async () => {
  sample = await makeSampleProfile(100);
  window = await launchApp({ name: 'programs', profile: sample.profile, env: sampleEnvironment });
  home = temporaryFolder('programs');
  ports = { imap: await freePort(), submission: await freePort() };
});
test.afterAll(async () => {
  await window.close();
  window.remove();
  sample.remove();
  home.remove();
});

async function listening(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

/** A port that nothing listens on now. */
async function freePort(): Promise<number> {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  return port;
}

/** Saves what the window shows, as a person would who copies it. */
async function keepFiles(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const shown = window.page.getByRole('textbox', { name: new RegExp(`^Contents of .*${name}$`) });
    writeFileSync(join(home.path, name), await shown.inputValue(), { mode: 0o600 });
  }
  mkdirSync(join(home.path, 'Mail/posthorn'), { recursive: true });
}

/** Runs a program in the home of somebody who has only these files; rejects with what it said when it fails. */
async function run(program: string, args: readonly string[], input = ''): Promise<void> {
  const running = promisify(execFile)(program, args, { env: { ...process.env, HOME: home.path } });
  running.child.stdin?.end(input);
  await running;
}

/** Logs in as a mail program would, and stays. */
async function logIn(): Promise<Socket> {
  const socket = connect(ports.imap, '127.0.0.1');
  const lines = createInterface({ input: socket });
  socket.write('i ID ("name" "Thunderbird" "version" "128.5.0")\r\n');
  socket.write(`a LOGIN "${user}" "${password}"\r\n`);
  for await (const line of lines) if (line.startsWith('a ')) return expectOk(line, socket);
  throw new Error('The server has gone.');
}

function expectOk(line: string, socket: Socket): Socket {
  expect(line).toMatch(/^a OK/);
  return socket;
}

test('say what to do while there is none', async () => {
  const { page } = window;
  await page.getByTestId('open-settings').click();
  await page.getByTestId('programs-none').scrollIntoViewIfNeeded();
  await expect(page.getByTestId('programs-on')).not.toBeChecked();
  expect(await pictures(window, { name: 'programs-none' })).toEqual([]);
});

test('are let in by ports that the person chooses, and one that is taken changes nothing', async () => {
  const { page } = window;
  const { server, port } = await listening();
  const [imap, submission] = [page.getByTestId('programs-imap-port'), page.getByTestId('programs-submission-port')];
  await imap.fill(String(ports.imap));
  await submission.fill(String(ports.imap));
  await expect(page.getByText('Reading and sending need a port each.')).toBeVisible();
  expect(await pictures(window, { name: 'programs-same-port' })).toEqual([]);
  await submission.fill(String(ports.submission));
  await page.getByTestId('programs-save-ports').click();
  await expect(page.getByTestId('programs-save-ports')).toBeDisabled();
  await page.getByTestId('programs-on').click();
  await expect(page.getByTestId('programs-on')).toBeChecked();
  await imap.fill(String(port));
  await page.getByTestId('programs-save-ports').click();
  await expect(page.getByTestId('programs-port-refused')).toContainText('another program has it');
  expect(await pictures(window, { name: 'programs-port-refused' })).toEqual([]);
  server.close();
  await imap.fill(String(ports.imap));
  await expect(page.getByTestId('programs-save-ports')).toBeDisabled();
});

test('get a password, which is shown once and really works', async () => {
  const { page } = window;
  await page.getByTestId('programs-add').click();
  await expect(page.getByTestId('program-name')).toHaveValue('Thunderbird');
  expect(await pictures(window, { name: 'programs-add' })).toEqual([]);
  await page.getByTestId('program-add').click();
  const shown = page.getByTestId('program-password');
  await expect(shown).toHaveText(/^([0-9a-z]{5}-){3}[0-9a-z]{5}$/);
  password = (await shown.textContent()) ?? '';
  user = (await page.getByTestId('program-user').textContent()) ?? '';
  await page.getByRole('button', { name: 'Copy: Password' }).click();
  await expect(page.getByText('Password copied')).toBeVisible();
  await page.getByTestId('program-test').click();
  await expect(page.getByTestId('program-test-outcome')).toContainText('It works');
  expect(await pictures(window, { name: 'programs-password' })).toEqual([]);
  await page.getByTestId('program-done').click();
  await expect(page.getByText(password)).toHaveCount(0);
});

test('are seen while they are connected', async () => {
  const { page } = window;
  const socket = await logIn();
  const connected = page.getByTestId('programs-connected');
  await expect(connected).toContainText('Thunderbird (Thunderbird 128.5.0) reads as');
  await connected.scrollIntoViewIfNeeded();
  // The picture is shown to others: without what was said of the password.
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  expect(await pictures(window, { name: 'programs-connected', shownAs: 'programs' })).toEqual([]);
  socket.destroy();
  await expect(connected).toContainText('Nobody');
});

test('of a terminal get files to copy', async () => {
  const { page } = window;
  await page.getByTestId('programs-add').click();
  await page.getByTestId('program-kind').click();
  await page.getByRole('option', { name: /mutt/ }).click();
  await page.getByTestId('program-add').click();
  const made = (await page.getByTestId('program-password').textContent()) ?? '';
  await expect(page.getByRole('textbox', { name: 'Contents of ~/.mbsyncrc' })).toHaveValue(new RegExp(`Pass ${made}`));
  expect(await pictures(window, { name: 'programs-mutt' })).toEqual([]);
  await keepFiles(['muttrc', '.mbsyncrc', '.msmtprc']);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('program')).toHaveCount(2);
});

test('take these files as they are: mbsync fetches all mail, msmtp and mutt send', async () => {
  const { page } = window;
  await run('mbsync', ['-c', join(home.path, '.mbsyncrc'), '-a']);
  const inbox = ['cur', 'new'].flatMap((folder) => readdirSync(join(home.path, 'Mail/posthorn/INBOX', folder)));
  expect(inbox.length).toBeGreaterThan(0);
  const letter = `From: ${user}\nTo: ${user}\nSubject: by msmtp\n\nHello\n`;
  await run('msmtp', ['-C', join(home.path, '.msmtprc'), user], letter);
  await run('mutt', ['-n', '-F', join(home.path, 'muttrc'), '-s', 'by mutt', user], 'Hello\n');
  await page.getByTestId('folder-outbox').click();
  for (const subject of ['by msmtp', 'by mutt']) await expect(page.getByText(subject).first()).toBeVisible();
  await page.getByTestId('open-settings').click();
});

test('are removed by the keyboard alone, after a question, and cut off at once', async () => {
  const { page } = window;
  const socket = await logIn();
  const remove = page.getByRole('button', { name: 'Remove Thunderbird' });
  await remove.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toContainText('stops working at once');
  expect(await pictures(window, { name: 'programs-remove' })).toEqual([]);
  const closed = once(socket, 'close');
  await page.getByRole('button', { name: 'Remove', exact: true }).focus();
  await page.keyboard.press('Enter');
  await closed;
  await expect(page.getByTestId('program')).toHaveCount(1);
});
