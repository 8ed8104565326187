import { CustodyId } from '../../../../shared/ids';
import { smtpReplies } from '../../domain/smtp-replies';
import type { Services } from '../../mail/mailbox';
import type { MailStore } from '../../ports/storage/mail-store';
import type { SmtpHandler, SmtpSender } from '../../ports/smtp';
import { deferred } from '../../smtp/send-outcome';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A malicious holder's way with the mail that it promised to keep. When its owner writes or receives mail, its program
 * is honest.
 */
export const malices = ['drops', 'replays', 'delays', 'tampers', 'refuses'] as const;
export type Malice = (typeof malices)[number];

type Transfer = Parameters<SmtpSender['send']>[0];
type Changed = (services: Services, mail: () => MailStore) => Services;

/** The holder hands a message over again after so long. */
const REPLAYS_AFTER: readonly number[] = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY];
const DELAY_MS = 3 * DAY;

/** Changes the program of a malicious holder; what it remembers lives as long as the person. */
export function createMalice(malice: Malice): Changed {
  const changes: Record<Malice, Changed> = {
    drops: (services, mail) => withHandler(services, (handler) => ({ ...handler, receive: dropping(handler, mail) })),
    refuses: (services) => withHandler(services, (handler) => ({ ...handler, checkRcptTo: refusing(handler) })),
    tampers: (services) =>
      withHandOver(services, (transfer, send) => send({ ...transfer, raw: tampered(transfer.raw) })),
    replays: (services) => withHandOver(services, replaying(services)),
    delays: delaying(),
  };
  return changes[malice];
}

/** Signs for a message and throws it away. */
function dropping(handler: SmtpHandler, mail: () => MailStore): SmtpHandler['receive'] {
  return async (incoming) => {
    const reply = await handler.receive(incoming);
    const custodyId = CustodyId.safeParse(reply.text.split(' ')[1]);
    if (incoming.rcptTo.for === 'client' && reply.code === 250 && custodyId.success)
      mail().custody.asHolder.dropHeld([custodyId.data], { handedOver: false });
    return reply;
  };
}

/** Agrees, and then takes nothing. */
function refusing(handler: SmtpHandler): SmtpHandler['checkRcptTo'] {
  return (text, o) => {
    const checked = handler.checkRcptTo(text, o);
    return 'recipient' in checked && checked.recipient.for === 'client'
      ? { reply: smtpReplies.noSuchMailbox }
      : checked;
  };
}

/** One letter in the middle of the sealed part is another. */
function tampered(raw: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(raw);
  const middle = Math.floor(copy.length * 0.7);
  const at = copy.findIndex((octet, index) => index >= middle && octet >= 0x61 && octet < 0x7a);
  if (at >= 0) copy[at] = (copy[at] ?? 0) + 1;
  return copy;
}

function replaying({ clock }: Pick<Services, 'clock'>): Parameters<typeof withHandOver>[1] {
  return async (transfer, send) => {
    const outcome = await send(transfer);
    if (outcome.outcome !== 'delivered') return outcome;
    for (const wait of REPLAYS_AFTER)
      clock.setTimer(wait, () => void send({ ...transfer, signal: new AbortController().signal }));
    return outcome;
  };
}

/** Sits on each message for days. */
function delaying(): Changed {
  const firstOffers = new Map<string, number>();
  return (services) =>
    withHandOver(services, (transfer, send) => {
      const [mark = ''] = Buffer.from(transfer.raw.subarray(0, 200)).toString('latin1').split('; left=');
      const first = firstOffers.get(mark) ?? services.clock.now();
      firstOffers.set(mark, first);
      return services.clock.now() - first < DELAY_MS ? Promise.resolve(deferred('busy')) : send(transfer);
    });
}

function withHandler(services: Services, change: (handler: SmtpHandler) => SmtpHandler): Services {
  const { smtpListeners } = services;
  return {
    ...services,
    smtpListeners: { start: ({ name, handler }) => smtpListeners.start({ name, handler: change(handler) }) },
  };
}

/** Changes how a holder hands over mail: transfers with an empty sender and the holder's own greeting. */
function withHandOver(
  services: Services,
  handOver: (transfer: Transfer, send: SmtpSender['send']) => ReturnType<SmtpSender['send']>,
): Services {
  const { smtpSender } = services;
  const send: SmtpSender['send'] = (transfer) => {
    const isHandOver = transfer.from === null && transfer.greeting !== undefined;
    return isHandOver ? handOver(transfer, (again) => smtpSender.send(again)) : smtpSender.send(transfer);
  };
  return { ...services, smtpSender: { ...smtpSender, send } };
}
