import { onionOf } from '../../domain/mail-address';
import { MAX_MESSAGE_BYTES } from '../../domain/limits';
import type { SendOutcome } from '../../domain/delivery-outcome';
import type { SmtpReply } from '../../domain/refusals';
import type { DialOutcome } from '../../ports/onion';
import type { IncomingMail, SmtpHandler, SmtpSender } from '../../ports/smtp';
import { deferred, outcomeOfDialFailure, outcomeOfReply } from '../../smtp/send-outcome';
import { listenerReplies, replyText } from '../../smtp/listener-replies';
import type { MachineClock } from './machine-clock';
import type { SeededRandom } from './seeded-random';
import { linkOf, type VirtualLink } from './virtual-link';
import type { VirtualNetwork } from './virtual-network';

/** What EHLO says when the sender is not named (RFC 5321 4.1.4). */
const NOBODY = '[127.0.0.1]';

/** Milliseconds until a sender notices that the other machine is gone and has not closed the connection. */
const SILENCE_MS = 3 * 60_000;

type Transfer = Parameters<SmtpSender['send']>[0];
type Parts = { readonly network: VirtualNetwork; readonly clock: MachineClock; readonly random: SeededRandom };

const INTERRUPTED = deferred('interrupted');

/**
 * SMTP without octets: the sender asks the listener's handler what the real listener would ask it, in the same order,
 * and takes a reply for what the real sender takes it for. Connections are slow, break before the message was taken,
 * and after it was.
 */
export function createVirtualSmtpSender(parts: Parts): SmtpSender {
  return {
    send: (transfer) => untilAborted(transfer.signal, INTERRUPTED, () => send(parts, transfer)),
    requestQueueRun: ({ node, dial, signal }) =>
      untilAborted(signal, 'unreachable' as const, async () => {
        const dialled = await dial();
        if (dialled.outcome === 'failed') return 'unreachable';
        const link = linkOf(dialled.socket);
        const reached = await pass(parts, link, 3 * parts.network.weather.roundTripMs());
        if (reached) {
          parts.network.counts.queueRuns += 1;
          handlerOf(link)?.queueRun(node);
        }
        link.close();
        return reached ? 'asked' : 'unreachable';
      }),
  };
}

async function send(parts: Parts, transfer: Transfer): Promise<SendOutcome> {
  const dialled: DialOutcome = await transfer.dial();
  if (dialled.outcome === 'failed') return outcomeOfDialFailure(dialled.failure);
  const link = linkOf(dialled.socket);
  const close = (): void => {
    link.close();
  };
  transfer.signal.addEventListener('abort', close, { once: true });
  try {
    const reply = await converse(parts, link, transfer);
    if (!reply) return INTERRUPTED;
    return reply.code === 250
      ? { outcome: 'delivered', reply: replyText(reply) }
      : outcomeOfReply(`${String(reply.code)} ${replyText(reply)}`);
  } finally {
    transfer.signal.removeEventListener('abort', close);
    link.close();
  }
}

/** The reply that ends the conversation; undefined when the connection ended before. */
async function converse(parts: Parts, link: VirtualLink, transfer: Transfer): Promise<SmtpReply | undefined> {
  const { weather, counts } = parts.network;
  if (!(await pass(parts, link, 3 * weather.roundTripMs()))) return undefined;
  const handler = handlerOf(link);
  if (!handler) return listenerReplies.closing;
  const envelope = judgeEnvelope(handler, transfer);
  const breaks = weather.breaksBefore();
  if ('code' in envelope) return (await pass(parts, link, weather.roundTripMs())) ? envelope : undefined;
  const arrived = await pass(parts, link, weather.roundTripMs() + weather.transferMs(transfer.raw.byteLength));
  if (!arrived || breaks) {
    counts.broken += breaks ? 1 : 0;
    return undefined;
  }
  transfer.progressed(transfer.raw.byteLength);
  const reply = await take(link, handler, {
    ...envelope,
    transferId: parts.random.uuid(),
    raw: Uint8Array.from(transfer.raw),
  });
  if (weather.breaksAfter()) {
    counts.broken += 1;
    return undefined;
  }
  return (await pass(parts, link, weather.roundTripMs())) ? reply : undefined;
}

type Envelope = Pick<IncomingMail, 'mailFrom' | 'rcptTo'>;

function judgeEnvelope(handler: SmtpHandler, transfer: Transfer): SmtpReply | Envelope {
  try {
    return hearEnvelope(handler, transfer);
  } catch {
    return listenerReplies.failed;
  }
}

/** MAIL FROM and RCPT TO with SIZE, as the listener hears them. */
function hearEnvelope(handler: SmtpHandler, { from, to, raw, greeting }: Transfer): SmtpReply | Envelope {
  const sender = handler.checkMailFrom(from ?? '', greeting ?? (from === null ? NOBODY : onionOf(from)));
  if ('reply' in sender) return sender.reply;
  const recipient = handler.checkRcptTo(to, { mailFrom: sender.address, announcedSize: raw.byteLength });
  if ('reply' in recipient) return recipient.reply;
  if (raw.byteLength > MAX_MESSAGE_BYTES) return listenerReplies.tooLarge;
  if (raw.byteLength > (recipient.room ?? MAX_MESSAGE_BYTES)) return listenerReplies.noRoomForRecipient;
  return { mailFrom: sender.address, rcptTo: recipient.recipient };
}

/** The reply of the recipient's machine; none when the machine goes off before it. */
async function take(link: VirtualLink, handler: SmtpHandler, mail: IncomingMail): Promise<SmtpReply | undefined> {
  const taken = handler.receive(mail).catch(() => listenerReplies.failed);
  return Promise.race([taken, link.closed.then(() => undefined)]);
}

/** Whether the link is still there after so long; that it broke is noticed only after a while. */
async function pass({ clock }: Parts, link: VirtualLink, milliseconds: number): Promise<boolean> {
  await clock.wait(milliseconds);
  if (link.isOpen()) return true;
  await clock.wait(SILENCE_MS);
  return false;
}

function handlerOf(link: VirtualLink): SmtpHandler | undefined {
  return 'smtp' in link.service ? link.service.smtp : undefined;
}

async function untilAborted<T>(signal: AbortSignal, instead: T, run: () => Promise<T>): Promise<T> {
  if (signal.aborted) return instead;
  let stop: () => void = () => undefined;
  const aborted = new Promise<T>((resolve) => {
    stop = () => {
      resolve(instead);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([run(), aborted]).finally(() => {
    signal.removeEventListener('abort', stop);
  });
}
