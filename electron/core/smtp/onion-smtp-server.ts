import type { Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { SMTPConnectionOptions } from 'smtp-server/lib/smtp-connection.js';
import type { MailAddress, OnionHost } from '../../../shared/ids';
import { present } from '../../../shared/present';
import {
  MAX_MESSAGES_PER_CONNECTION,
  MAX_MESSAGE_BYTES,
  MAX_RCPT_PER_TRANSACTION,
  MAX_SMTP_CONNECTIONS,
  MAX_SMTP_NEWCOMERS,
  SMTP_IDLE_TIMEOUT_MS,
} from '../domain/limits';
import { onionOf } from '../domain/mail-address';
import type { SmtpReply } from '../domain/refusals';
import type { Clock } from '../ports/runtime';
import type { SmtpRecipient } from '../ports/smtp';
import { chooseOfLargestShare, chooseOldestNewcomer, chooseSlowest } from './choose-who-gives-way';
import { listenerReplies, ReplyError, replyText } from './listener-replies';
import { OnionSmtpConnection, type ConnectionOwner, type SmtpTransaction } from './onion-smtp-connection';
import { DataReceiver, type DataServices } from './receive-data';
import { StrangerPlaces } from './stranger-places';

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

/** Sockets open at once: connections, and ended ones that the peer has not closed yet. */
const MAX_SOCKETS = MAX_SMTP_NEWCOMERS + 2 * MAX_SMTP_CONNECTIONS;

/** The SMTP server of one identity (PROTOCOL.md 4). */
export class OnionSmtpServer extends SMTPServer implements ConnectionOwner {
  readonly #clock: Clock;
  readonly #services: DataServices;
  readonly #bySession = new WeakMap<SMTPServerSession, OnionSmtpConnection>();
  /** Also those that are closing, which smtp-server's own set leaves out; oldest first. */
  readonly #open = new Set<OnionSmtpConnection>();
  readonly #strangers = new StrangerPlaces<OnionSmtpConnection>((connection) =>
    connection.giveWay(listenerReplies.tooSlow),
  );

  constructor(o: { name: OnionHost; clock: Clock; services: DataServices }) {
    super({ ...settings, name: o.name, disabledCommands: [...settings.disabledCommands] });
    this.#clock = o.clock;
    this.#services = o.services;
    // Past these even the reply «too many connections» is not worth a socket.
    this.server.maxConnections = MAX_SOCKETS + MAX_SMTP_CONNECTIONS;
    this.on('error', () => o.services.log.warn('smtp.connection-failed'));
  }

  override connect(socket: Socket, options?: SMTPConnectionOptions | null): void {
    this.#cutEnding();
    if (!this.#admit()) return turnAway(socket);
    const connection = new OnionSmtpConnection({ server: this, socket, options, clock: this.#clock, owner: this });
    this.#bySession.set(connection.session, connection);
    this.connections.add(connection);
    this.#open.add(connection);
    socket.once('close', () => this.#open.delete(connection));
    connection.on('error', (error: Error) => this.emit('error', error));
    connection.init();
  }

  override onMailFrom(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    this.#answer(done, () => {
      const connection = this.#connectionOf(session);
      if (connection.messages >= MAX_MESSAGES_PER_CONNECTION) return listenerReplies.tooManyMessages;
      const greeting = session.hostNameAppearsAs || '';
      const checked = this.#services.handler.checkMailFrom(address.address, greeting);
      if ('reply' in checked) return checked.reply;
      if (checked.isKnown && !this.#expect(connection, claimedSender(checked.address, greeting)))
        return listenerReplies.tooManyConnections;
      const size = announcedSize(address);
      if (!this.#services.budget.has(size ?? 0)) return listenerReplies.noRoomNow;
      connection.begin({
        mailFrom: checked.address,
        isKnown: checked.isKnown,
        recipients: 0,
        ...present({ announcedSize: size }),
      });
      return undefined;
    });
  }

  override onRcptTo(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    this.#answer(done, () => {
      const connection = this.#connectionOf(session);
      const { transaction } = connection;
      if (!transaction) return listenerReplies.failed;
      connection.transaction = { ...transaction, recipients: transaction.recipients + 1 };
      if (transaction.recipients >= MAX_RCPT_PER_TRANSACTION) return listenerReplies.tooManyRecipients;
      return this.#checkRecipient(address.address, connection, connection.transaction);
    });
  }

  override onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: DataDone): void {
    const connection = this.#connectionOf(session);
    const { transaction } = connection;
    const answer = (reply: SmtpReply): void =>
      reply.code === 250 ? done(null, replyText(reply)) : done(new ReplyError(reply));
    if (transaction?.rcptTo === undefined) return answer(listenerReplies.failed);
    connection.transaction = undefined;
    if (!transaction.isKnown) this.#strangers.take(connection);
    const over = (): void => this.#strangers.give(connection);
    new DataReceiver({
      services: this.#services,
      connection,
      transaction: { ...transaction, rcptTo: transaction.rcptTo },
      answer,
      over,
    }).read(stream);
  }

  refuseContent(connection: OnionSmtpConnection): SmtpReply | undefined {
    const isRoom = connection.transaction?.isKnown === true || this.#strangers.makeRoom();
    return isRoom ? undefined : listenerReplies.busy;
  }

  queueRun(node: string): void {
    try {
      this.#services.handler.queueRun(node);
    } catch {
      this.#services.log.error('smtp.queue-run-failed');
    }
  }

  /** Stops listening; what is being stored is answered first, everyone else is told to come back later. */
  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      for (const connection of this.#open) connection.stop();
    });
  }

  #checkRecipient(text: string, connection: OnionSmtpConnection, transaction: SmtpTransaction): SmtpReply | undefined {
    const checked = this.#services.handler.checkRcptTo(text, transaction);
    if ('reply' in checked) return checked.reply;
    const { recipient: rcptTo, room = MAX_MESSAGE_BYTES } = checked;
    const { announcedSize = 0 } = transaction;
    // One reply to the content can only be true for one mailbox (RFC 5321 4.5.3.1.10 lets the sender split).
    if (!isDeepStrictEqual(transaction.rcptTo ?? rcptTo, rcptTo)) return listenerReplies.tooManyRecipients;
    if (announcedSize > room) return listenerReplies.noRoomForRecipient;
    const isKnown = transaction.isKnown || checked.isKnown;
    const refusal = isKnown ? this.#refuseExpected(connection, rcptTo) : this.#refuseStranger(announcedSize);
    if (refusal) return refusal;
    connection.transaction = { ...transaction, isKnown, rcptTo, room };
    return undefined;
  }

  /** A token does not name its sender: all senders who leave mail for one client share one name here. */
  #refuseExpected(connection: OnionSmtpConnection, rcptTo: SmtpRecipient): SmtpReply | undefined {
    const sender = rcptTo.for === 'client' ? rcptTo.agreementId : rcptTo.address;
    return this.#expect(connection, sender) ? undefined : listenerReplies.tooManyConnections;
  }

  #refuseStranger(size: number): SmtpReply | undefined {
    if (!this.#strangers.makeRoom()) return listenerReplies.busy;
    return this.#services.budget.strangers.has(size) ? undefined : listenerReplies.noRoomNow;
  }

  /** Whether there is a place for one more newcomer. */
  #admit(): boolean {
    const newcomers = this.#going().filter(({ sender }) => sender === undefined);
    if (newcomers.length < MAX_SMTP_NEWCOMERS) return true;
    const leaving = chooseOldestNewcomer(newcomers, (each) => each.progress());
    leaving?.giveWay(listenerReplies.tooSlow);
    return leaving !== undefined;
  }

  /** Moves a newcomer to the expected ones, where the slowest, or one of a sender with too many, may give way to it. */
  #expect(connection: OnionSmtpConnection, sender: string): boolean {
    if (connection.sender !== undefined) return true;
    const expected = this.#going().filter((each) => each.sender !== undefined);
    if (expected.length >= MAX_SMTP_CONNECTIONS && !makeRoomAmong(expected)) return false;
    connection.sender = sender;
    return true;
  }

  /** Without ended connections that the peer has not closed yet. */
  #going(): OnionSmtpConnection[] {
    return [...this.#open].filter((each) => this.connections.has(each));
  }

  /** Peers that are done but do not hang up would otherwise keep others out. */
  #cutEnding(): void {
    if (this.#open.size < MAX_SOCKETS) return;
    for (const connection of this.#open) {
      if (!connection.isEnding) continue;
      this.#open.delete(connection);
      return connection.cut();
    }
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

/** Before anything is made for it: a flood of connections should cost little. */
function turnAway(socket: Socket): void {
  const { code } = listenerReplies.tooManyConnections;
  socket.on('error', () => undefined);
  socket.end(`${String(code)} ${replyText(listenerReplies.tooManyConnections)}\r\n`);
  socket.destroySoon();
}

function makeRoomAmong(expected: readonly OnionSmtpConnection[]): boolean {
  const slowest = chooseSlowest(expected, (each) => each.progress());
  const leaving = slowest ?? chooseOfLargestShare(expected);
  leaving?.giveWay(slowest ? listenerReplies.tooSlow : listenerReplies.tooManyOfSender);
  return leaving !== undefined;
}

/** The onion that a connection claims: of the sender's address, or of the holder's greeting when it hands over. */
function claimedSender(address: MailAddress | null, greeting: string): string {
  return address === null ? greeting : onionOf(address);
}

function announcedSize(address: SMTPServerAddress): number | undefined {
  const size = address.args ? (address.args as Record<string, unknown>)['SIZE'] : undefined;
  return typeof size === 'string' ? Number(size) : undefined;
}
