import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { PosthornError } from '../../../shared/errors';
import { gatewayReplies } from '../domain/gateway/gateway-replies';
import {
  LMTP_CLOSE_MS,
  LMTP_IDLE_MS,
  MAX_ALIASES_OF_MESSAGE,
  MAX_LMTP_CONNECTIONS,
  MAX_OUTSIDE_OCTETS,
} from '../domain/gateway/gateway-limits';
import type { SmtpReply } from '../domain/refusals';
import type { LocalServer } from '../ports/local-server';
import type { MailServer, OutsideDoor } from '../ports/gateway';

const settings = {
  lmtp: true,
  // In greeting and LHLO; absent, smtp-server would tell the name of the machine.
  name: 'localhost',
  banner: '',
  heloResponse: '%s',
  size: MAX_OUTSIDE_OCTETS,
  logger: false,
  disableReverseLookup: true,
  // Ours stand in the texts.
  hideENHANCEDSTATUSCODES: true,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
  maxClients: MAX_LMTP_CONNECTIONS,
  socketTimeout: LMTP_IDLE_MS,
  closeTimeout: LMTP_CLOSE_MS,
};

/** One answer of many: the mail server hears of each recipient by itself (RFC 2033 4.2). */
class LmtpError extends Error {
  readonly responseCode: number;

  constructor(reply: SmtpReply) {
    super(textOf(reply));
    this.responseCode = reply.code;
  }
}

const textOf = ({ enhanced, text }: SmtpReply): string => `${enhanced} ${text}`;

/** Serves LMTP (RFC 2033) for the mail server of this machine, on 127.0.0.1 alone. Throws `port-refused`. */
export async function listenForLmtp({ port, door }: Parameters<MailServer['listen']>[0]): Promise<LocalServer> {
  const server = new SMTPServer({
    ...settings,
    onRcptTo: ({ address }, session, done) => {
      const isFull = session.envelope.rcptTo.length >= MAX_ALIASES_OF_MESSAGE;
      const refusal = isFull ? gatewayReplies.tooManyRecipients : door.checkRecipient(address);
      done(refusal && new LmtpError(refusal));
    },
    onData: (stream, session, done) => {
      void receive(stream, session, door).then((replies) => {
        done(null, replies.map(answer));
      });
    },
  });
  server.on('error', () => undefined);
  await listening(server, port);
  return { door: port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const answer = (reply: SmtpReply): string | Error => (reply.code === 250 ? textOf(reply) : new LmtpError(reply));

async function receive(
  stream: SMTPServerDataStream,
  { envelope }: SMTPServerSession,
  door: OutsideDoor,
): Promise<readonly SmtpReply[]> {
  const recipients = envelope.rcptTo.map(({ address }) => address);
  const same = (reply: SmtpReply): SmtpReply[] => recipients.map(() => reply);
  const octets = await collect(stream).catch(() => undefined);
  if (octets === undefined) return same(gatewayReplies.tryLater);
  if (stream.sizeExceeded) return same(gatewayReplies.tooLarge);
  const sender = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
  return door.receive({ sender: sender === '' ? undefined : sender, recipients, octets });
}

/** Past the limit octets are read and forgotten, so that the mail server hears why. */
async function collect(stream: SMTPServerDataStream): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= MAX_OUTSIDE_OCTETS) chunks.push(chunk);
    else chunks.length = 0;
  }
  return Buffer.concat(chunks);
}

function listening(server: SMTPServer, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === 'EADDRINUSE'
          ? 'Another program of this computer uses this port.'
          : 'This port cannot be opened.';
      reject(new PosthornError('port-refused', `${sentence} Choose another one for the gateway.`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => {
      resolve();
    });
  });
}
