import { AgreementId, MailAddress, OnionHost } from '../../../shared/ids';
import { present } from '../../../shared/present';
import { smtpReplies } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import type { Log } from '../ports/runtime';
import type { LocalServer } from '../ports/local-server';
import type { IncomingMail, SmtpHandler } from '../ports/smtp';
import { systemRandom } from '../runtime/system-random';
import { createReceivingBudget, type ReceivingBudget } from '../smtp/receiving-budget';
import { createSmtpListeners } from '../smtp/smtp-listener';
import { SettableClock } from './settable-clock';
import { SmtpPeer } from './smtp-peer';

export const bobOnion = OnionHost.parse(`${'b'.repeat(56)}.onion`);
export const bob = MailAddress.parse(`bob@${bobOnion}`);
/** A contact of Bob's. */
export const aliceOnion = OnionHost.parse(`${'a'.repeat(56)}.onion`);
export const alice = MailAddress.parse(`alice@${aliceOnion}`);
/** The client for which Bob holds mail. */
export const clientOnion = OnionHost.parse(`${'c'.repeat(56)}.onion`);
export const token = 't'.repeat(26);
export const agreementId = AgreementId.parse('7c1f5d0e-6a0b-4f0e-9a53-0d6f4f6f2b11');
/** The holder that hands over to Bob. */
export const holderOnion = OnionHost.parse(`${'d'.repeat(56)}.onion`);

/** A sender that Bob does not know, a different one for each number. */
export const stranger = (number: number): MailAddress =>
  MailAddress.parse(
    `s@${number
      .toString(32)
      .replace(/[^a-v]/g, (digit) => 'abcdefghij'[Number(digit)] ?? 'z')
      .padStart(56, 's')}.onion`,
  );

/** More contacts of Bob's. */
export const friend = (number: number): MailAddress => MailAddress.parse(stranger(number).replace(/^s@/, 'friend@'));

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

export type TestListener = {
  readonly server: LocalServer;
  readonly port: number;
  readonly received: IncomingMail[];
  readonly progress: Parameters<SmtpHandler['progressed']>[0][];
  readonly queueRuns: string[];
  readonly clock: SettableClock;
  readonly budget: ReceivingBudget;
};

export type ListenerOptions = {
  readonly receive?: (mail: IncomingMail) => Promise<SmtpReply>;
  readonly queueRun?: (node: string) => void;
  readonly budget?: ReceivingBudget;
  /** Octets Bob has room for, for his client. */
  readonly room?: number;
};

/**
 * A real listener on loopback with the decisions of a made-up Bob behind it: mail from Alice, or with a token, is
 * expected, other mail is not.
 */
export async function startTestListener(o: ListenerOptions = {}): Promise<TestListener> {
  const received: IncomingMail[] = [];
  const progress: TestListener['progress'] = [];
  const queueRuns: string[] = [];
  const clock = new SettableClock();
  const budget = o.budget ?? createReceivingBudget();
  const handler: SmtpHandler = {
    checkMailFrom: (text, greeting) => checkSender(text, greeting),
    checkRcptTo: (text, { announcedSize }) => checkRecipient(text, { room: o.room, announcedSize }),
    receive: async (mail) => {
      const reply = await (o.receive?.(mail) ?? Promise.resolve(smtpReplies.stored));
      if (reply.code === 250) received.push(mail);
      return reply;
    },
    queueRun: (node) => {
      queueRuns.push(node);
      o.queueRun?.(node);
    },
    progressed: (event) => void progress.push(event),
  };
  const server = await createSmtpListeners({
    clock,
    log: silent,
    random: systemRandom(),
    receivingBudget: budget,
  }).start({ name: bobOnion, handler });
  return { server, port: Number(server.door), received, progress, queueRuns, clock, budget };
}

function checkSender(text: string, greeting: string): ReturnType<SmtpHandler['checkMailFrom']> {
  if (text === '') return { address: null, isKnown: greeting === holderOnion };
  const address = MailAddress.safeParse(text);
  return address.success
    ? { address: address.data, isKnown: text === alice || text.startsWith('friend@') }
    : { reply: smtpReplies.senderNotOnion };
}

function checkRecipient(
  text: string,
  o: { room: number | undefined; announcedSize: number | undefined },
): ReturnType<SmtpHandler['checkRcptTo']> {
  if (text === 'boom@example.com') throw new Error('boom');
  if (text === `${token}@${clientOnion}`) {
    return {
      recipient: { for: 'client', agreementId, token },
      isKnown: true,
      ...present({ room: o.room }),
    };
  }
  const isBob = text.replace(/\+[^@]*/, '') === bob;
  return isBob ? { recipient: { for: 'mailbox', address: bob }, isKnown: false } : { reply: smtpReplies.noSuchMailbox };
}

/** A peer that has named a sender and a recipient, both accepted. */
export async function peerReady(
  port: number,
  o: { size?: number; from?: string; to?: string; greeting?: string } = {},
): Promise<SmtpPeer> {
  const peer = await SmtpPeer.introduced(port, o.greeting ?? aliceOnion);
  const size = o.size === undefined ? '' : ` SIZE=${String(o.size)}`;
  for (const command of [`MAIL FROM:<${o.from ?? alice}>${size}`, `RCPT TO:<${o.to ?? bob}>`]) {
    const reply = await peer.ask(command);
    if (!reply.startsWith('250')) throw new Error(`${command}: ${reply}`);
  }
  return peer;
}

/** As `peerReady`, and asked for the content. */
export async function peerInData(port: number, o: Parameters<typeof peerReady>[1] = {}): Promise<SmtpPeer> {
  const peer = await peerReady(port, o);
  const reply = await peer.ask('DATA');
  if (!reply.startsWith('354')) throw new Error(`DATA: ${reply}`);
  return peer;
}

/** Waits for what no event tells, as the event loop turns. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
