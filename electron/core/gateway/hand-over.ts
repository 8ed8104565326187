import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { OutsideAddress } from '../../../shared/gateway/outside-address';
import { plainLine } from '../../../shared/text/plain-line';
import { HAND_OVER_MS } from '../domain/gateway/gateway-limits';
import { MAX_SMTP_REPLY_BYTES } from '../domain/limits';
import type { HandedOver, MailServer } from '../ports/gateway';

type Asked = Parameters<MailServer['handOver']>[0];
/** What nodemailer tells of a try. */
type Told = {
  readonly responseCode?: number | undefined;
  readonly response?: unknown;
  readonly rejectedErrors?: readonly (Told & { readonly recipient?: string | undefined })[] | undefined;
};

const MAX_REPLY = 300;

/** Hands one message to the mail server of this machine (RFC 5321). Never rejects. */
export function handOver(asked: Asked): Promise<HandedOver> {
  const { port, greeting, from, to, octets, signal } = asked;
  const connection = new SMTPConnection({
    host: '127.0.0.1',
    port,
    name: greeting,
    ignoreTLS: true,
    logger: false,
    maxResponseSize: MAX_SMTP_REPLY_BYTES,
    connectionTimeout: HAND_OVER_MS,
    greetingTimeout: HAND_OVER_MS,
    socketTimeout: HAND_OVER_MS,
  });
  // The signal lives as long as the gateway: what still listened to it would keep each letter in the memory.
  const handed = new AbortController();
  return new Promise<HandedOver>((resolve) => {
    const wait = (): void => {
      resolve(allWait(to));
    };
    signal.addEventListener('abort', wait, { once: true, signal: handed.signal });
    connection.on('error', wait);
    connection.on('end', wait);
    connection.connect((error) => {
      if (error) return wait();
      connection.send({ from, to: [...to], size: octets.length }, Buffer.from(octets), (failure, info) => {
        resolve(failure ? outcomeOfFailure(to, failure) : outcome(to, info.rejectedErrors ?? []));
      });
    });
  }).finally(() => {
    handed.abort();
    connection.close();
  });
}

const allWait = (to: readonly OutsideAddress[]): HandedOver => ({ taken: [], refused: [], waiting: to });

/** A 5xx about the message ends it for all; about single recipients, for each of them. */
function outcomeOfFailure(to: readonly OutsideAddress[], failure: Told): HandedOver {
  const errors = failure.rejectedErrors ?? [];
  if (errors.length === to.length) return outcome(to, errors);
  if (!isFinal(failure)) return allWait(to);
  return { taken: [], refused: to.map((recipient) => ({ recipient, reply: replyOf(failure) })), waiting: [] };
}

function outcome(to: readonly OutsideAddress[], errors: NonNullable<Told['rejectedErrors']>): HandedOver {
  const errorOf = (address: string): Told | undefined => errors.find(({ recipient }) => recipient === address);
  return {
    taken: to.filter((address) => !errorOf(address)),
    refused: to.flatMap((recipient) => {
      const error = errorOf(recipient);
      return error && isFinal(error) ? [{ recipient, reply: replyOf(error) }] : [];
    }),
    waiting: to.filter((address) => {
      const error = errorOf(address);
      return error !== undefined && !isFinal(error);
    }),
  };
}

const isFinal = ({ responseCode = 0 }: Told): boolean => responseCode >= 500 && responseCode < 600;

const replyOf = ({ response }: Told): string =>
  typeof response === 'string' ? plainLine(response).slice(0, MAX_REPLY) : 'refused';
