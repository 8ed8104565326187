import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailAddress, OnionHost } from '../../shared/ids';
import { MAX_MESSAGES_PER_CONNECTION } from '../../electron/core/domain/limits';
import { smtpReplies } from '../../electron/core/domain/smtp-replies';
import type { IncomingMail, SmtpHandler } from '../../electron/core/ports/smtp';
import { OnionSmtpServer } from '../../electron/core/smtp/onion-smtp-server';
import { RawOctetGuard } from '../../electron/core/smtp/raw-octet-guard';
import { createReceivingBudget } from '../../electron/core/smtp/receiving-budget';
import { claim } from '../oracles/claims';
import { cutInPieces, octetTextOf } from '../oracles/texts';

const NAME = OnionHost.parse(`${'b'.repeat(56)}.onion`);
const MAILBOX = MailAddress.parse(`bob@${NAME}`);

/**
 * All that a peer says on one connection to the real listener, before anybody has proved anything. Every reply is one
 * of RFC 5321, and a mail is taken only as it was sent: no octet of it may become a second mail.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  checkGuard(data);
  const { path, received } = await listener;
  received.splice(0);
  const replies = await say(path, data);
  checkReplies(replies);
  const said = octetTextOf(data);
  claim(received.length <= Math.min(MAX_MESSAGES_PER_CONNECTION, said.split('\r\n.\r\n').length - 1), 'too many mails');
  for (const { raw } of received) {
    const stuffed = octetTextOf(raw).replace(/^\./gmu, '..');
    claim(said.includes(`${stuffed}.\r\n`), 'a mail was taken that was not sent');
  }
}

/** However a network cuts the octets, the guard says the same of them. */
function checkGuard(data: Uint8Array): void {
  const guard = new RawOctetGuard();
  let found: ReturnType<RawOctetGuard['inspect']>;
  for (const piece of cutInPieces(data)) found ??= guard.inspect(piece);
  claim(found === new RawOctetGuard().inspect(data), 'the guard sees something else in pieces');
}

function checkReplies(replies: string): void {
  // Whoever hangs up at once hears nothing.
  if (replies === '') return;
  claim(replies.endsWith('\r\n'), 'the last reply has no end');
  for (const line of replies.slice(0, -2).split('\r\n')) {
    claim(/^[245]\d\d[ -][ -~]*$/u.test(line), 'a reply is no line of RFC 5321');
    claim(line.length <= 510, 'a reply is longer than RFC 5321 allows');
  }
}

async function say(path: string, data: Uint8Array): Promise<string> {
  const socket = connect(path);
  const heard: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  // The listener hangs up on whoever sends on after an error.
  socket.on('error', () => undefined);
  socket.end(data);
  await once(socket, 'close');
  return Buffer.concat(heard).toString('latin1');
}

const listener = listen();

async function listen(): Promise<{ readonly path: string; readonly received: IncomingMail[] }> {
  const received: IncomingMail[] = [];
  const server = new OnionSmtpServer({
    name: NAME,
    clock: { now: () => 0, setTimer: hurry },
    services: {
      handler: handlerFor(received),
      budget: createReceivingBudget(),
      random: { uuid: () => randomUUID() },
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    },
  });
  const path = join(mkdtempSync(join(tmpdir(), 'posthorn-fuzz-')), 'smtp');
  server.server.listen(path);
  await once(server.server, 'listening');
  server.server.unref();
  return { path, received };
}

/** The tarpit holds up for two seconds at most, which are over at once; longer timers are for peers that are silent. */
function hurry(milliseconds: number, run: () => void): () => void {
  if (milliseconds > 2_000) return () => undefined;
  const timer = setImmediate(run);
  return () => clearImmediate(timer);
}

function handlerFor(received: IncomingMail[]): SmtpHandler {
  return {
    checkMailFrom: (text) => {
      const address = MailAddress.safeParse(text);
      return address.success ? { address: address.data, isKnown: true } : { reply: smtpReplies.senderNotOnion };
    },
    checkRcptTo: (text) =>
      text === MAILBOX
        ? { recipient: { for: 'mailbox', address: MAILBOX }, isKnown: true }
        : { reply: smtpReplies.noSuchMailbox },
    receive: (mail) => {
      received.push(mail);
      return Promise.resolve(smtpReplies.stored);
    },
    queueRun: () => undefined,
    progressed: () => undefined,
  };
}
