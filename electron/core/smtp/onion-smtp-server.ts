import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { OnionHost } from '../../../shared/ids';
import { MAX_MESSAGE_BYTES, MAX_RCPT_PER_TRANSACTION, MAX_SMTP_CONNECTIONS, SMTP_IDLE_TIMEOUT_MS } from '../domain/limits';
import type { Clock, SmtpReply } from '../ports';
import { chooseSlowest } from './choose-slowest';
import { listenerReplies, ReplyError, replyText } from './listener-replies';
import { OnionSmtpConnection } from './onion-smtp-connection';
import { DataReceiver, type DataServices } from './receive-data';

type Done = (error?: Error | null) => void;
type DataDone = (error?: Error | null, message?: string) => void;

const settings = {
  banner: '',
  heloResponse: '%s',
  size: MAX_MESSAGE_BYTES,
  logger: false,
  disableReverseLookup: true,
  hideENHANCEDSTATUSCODES: false,
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
  maxCommandLength: 2_048,
  // The peer may close its side after the final dot and still wait for the reply.
  allowHalfOpen: true,
  // Behind the timers of the connection, which follow the core's clock.
  socketTimeout: 2 * SMTP_IDLE_TIMEOUT_MS,
} as const;

/** The SMTP server of one identity (PROTOCOL.md 4). */
export class OnionSmtpServer extends SMTPServer {
  readonly #clock: Clock;
  readonly #services: DataServices;
  readonly #bySession = new WeakMap<SMTPServerSession, OnionSmtpConnection>();
  /** Also those that are closing, which smtp-server's own set leaves out. */
  readonly #open = new Set<OnionSmtpConnection>();

  constructor(o: { name: OnionHost; clock: Clock; services: DataServices }) {
    super({ ...settings, name: o.name, disabledCommands: [...settings.disabledCommands] });
    this.#clock = o.clock;
    this.#services = o.services;
    // Past these even the reply «too many connections» is not worth a socket.
    this.server.maxConnections = 2 * MAX_SMTP_CONNECTIONS;
    this.on('error', () => o.services.log.warn('smtp.connection-failed'));
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    const connection = new OnionSmtpConnection({ server: this, socket, options, clock: this.#clock, makeRoom: () => this.#makeRoom() });
    this.#bySession.set(connection.session, connection);
    this.connections.add(connection);
    this.#open.add(connection);
    socket.once('close', () => this.#open.delete(connection));
    connection.on('error', (error: Error) => this.emit('error', error));
    connection.init();
  }

  override onMailFrom(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    this.#answer(done, () => {
      const checked = this.#services.handler.checkMailFrom(address.address);
      if ('reply' in checked) return checked.reply;
      const size = announcedSize(address);
      if (!this.#services.budget.has(size ?? 0)) return listenerReplies.noRoomNow;
      const connection = this.#connectionOf(session);
      connection.transaction = { mailFrom: checked.address, recipients: 0, ...(size === undefined ? {} : { announcedSize: size }) };
      return undefined;
    });
  }

  override onRcptTo(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    this.#answer(done, () => {
      const { transaction } = this.#connectionOf(session);
      if (!transaction) return listenerReplies.failed;
      transaction.recipients += 1;
      if (transaction.recipients > MAX_RCPT_PER_TRANSACTION) return listenerReplies.tooManyRecipients;
      const checked = this.#services.handler.checkRcptTo(address.address);
      if ('reply' in checked) return checked.reply;
      // One reply to the content can only be true for one mailbox (RFC 5321 4.5.3.1.10 lets the sender split).
      if (transaction.rcptTo !== undefined && transaction.rcptTo !== checked.address) return listenerReplies.tooManyRecipients;
      transaction.rcptTo = checked.address;
      return undefined;
    });
  }

  override onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: DataDone): void {
    const connection = this.#connectionOf(session);
    const { transaction } = connection;
    const answer = (reply: SmtpReply): void => (reply.code === 250 ? done(null, replyText(reply)) : done(new ReplyError(reply)));
    if (transaction?.rcptTo === undefined) return answer(listenerReplies.failed);
    connection.transaction = undefined;
    new DataReceiver({ services: this.#services, connection, transaction: { ...transaction, rcptTo: transaction.rcptTo }, answer }).read(stream);
  }

  /** Stops listening; what is being stored is answered first, everyone else is told to come back later. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const connection of this.#open) connection.stop();
    });
  }

  #makeRoom(): boolean {
    const isWaiting = (each: OnionSmtpConnection): boolean => this.connections.has(each);
    const slowest = chooseSlowest([...this.#open].filter(isWaiting), (each) => each.progress());
    slowest?.giveWay();
    return slowest !== undefined;
  }

  #answer(done: Done, check: () => SmtpReply | undefined): void {
    let reply: SmtpReply | undefined;
    try {
      reply = check();
    } catch {
      this.#services.log.error('smtp.check-failed');
      reply = listenerReplies.failed;
    }
    done(reply && new ReplyError(reply));
  }

  #connectionOf(session: SMTPServerSession): OnionSmtpConnection {
    const connection = this.#bySession.get(session);
    if (!connection) throw new Error('A session without its connection');
    return connection;
  }
}

function announcedSize(address: SMTPServerAddress): number | undefined {
  const size = address.args ? (address.args as Record<string, unknown>)['SIZE'] : undefined;
  return typeof size === 'string' ? Number(size) : undefined;
}
