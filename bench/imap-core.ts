/**
 * A Posthorn core in a process of its own, as `bench/imap` measures it: fills a mailbox with so many letters (argv),
 * and tells its parent by IPC who may log in where. Ends with its parent.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { createImapAccount } from '../electron/core/mail/clients/account/imap-account';
import type { ImapAccount } from '../electron/core/ports/imap';
import { LoopbackNetwork } from '../electron/core/testing/loopback-onion';
import { makeIdentity, makeTestCore } from '../electron/core/testing/make-test-core';
import { imapLetters, type ImapLetter } from './imap/imap-letters';

/** Letters that are brought at once. */
const AT_ONCE = 20;
/** Milliseconds between two looks of the clock that sees standstills. */
const LOOK_MS = 1;

async function serve(messages: number, ports: { imapPort: number; submissionPort: number }): Promise<void> {
  const core = await makeTestCore(await LoopbackNetwork.start());
  const { id, address } = await makeIdentity(core, 'nora');
  const { services, session } = core.inside;
  const mail = session.require(id);
  await fill(createImapAccount({ services, mail, form: 'unsealed' }), messages);
  while (!mail.search.isIndexed()) await sleep(100);
  await core.call('programs.listen', { isOn: true, ...ports });
  const { password } = await core.call('programs.add', {
    name: 'Benchmark',
    kind: 'other',
    identityIds: [id],
    form: 'unsealed',
  });
  answerParent();
  process.send?.({ user: address, password });
}

async function fill(account: ImapAccount, messages: number): Promise<void> {
  const inbox = account.mailboxes().find(({ path }) => path.join('/') === 'INBOX')?.id ?? '';
  let some: ImapLetter[] = [];
  const bring = async (): Promise<void> => {
    const all = some.map(({ octets, seen, at }) =>
      account.append({
        mailbox: inbox,
        messages: [{ octets, flags: seen ? [String.raw`\Seen`] : [], internalDate: at }],
      }),
    );
    some = [];
    if ((await Promise.all(all)).some(({ isDone }) => !isDone)) throw new Error('A letter was not kept.');
  };
  for (const letter of imapLetters(messages)) {
    some.push(letter);
    if (some.length === AT_ONCE) await bring();
  }
  await bring();
}

/** Each message asks for the longest standstill since the one before, and for the memory. */
function answerParent(): void {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
  delay.enable();
  process.on('message', () => {
    const stillMs = Math.max(0, delay.max / 1e6 - LOOK_MS);
    delay.reset();
    process.send?.({ stillMs, octets: process.memoryUsage().rss });
  });
}

process.once('disconnect', () => process.exit());
const [messages, imapPort, submissionPort] = process.argv.slice(2).map(Number);
void serve(messages ?? 0, { imapPort: imapPort ?? 0, submissionPort: submissionPort ?? 0 });
