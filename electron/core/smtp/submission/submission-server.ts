import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerAuthentication,
  type SMTPServerAuthenticationResponse,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from 'smtp-server';
import { PosthornError } from '../../../../shared/errors';
import {
  MAX_APPEND_OCTETS,
  MAX_COMMANDS_BEFORE_LOGIN,
  MAX_SUBMISSION_COMMAND_OCTETS,
  MAX_SUBMISSION_CONNECTIONS,
  MAX_SUBMISSION_STRANGERS,
  MAX_SUBMITTING_OCTETS,
} from '../../domain/client-limits';
import { MAX_RECIPIENTS, SMTP_IDLE_TIMEOUT_MS } from '../../domain/limits';
import type { SmtpReply } from '../../domain/refusals';
import type { Clock, Log } from '../../ports/runtime';
import type { SubmissionDoor } from '../../ports/submission';
import { chooseOldestNewcomer } from '../choose-who-gives-way';
import { listenerReplies, ReplyError, replyText } from '../listener-replies';
import { createReceivingBudget, type OctetBudget } from '../receiving-budget';
import { LetterReceiver } from './receive-letter';
import { SubmissionConnection } from './submission-connection';
import { submissionReplies } from './submission-replies';

type Done = (error?: Error | null) => void;
type DataDone = (error?: Error | null, message?: string) => void;
type LoggedIn = (error: Error | null | undefined, response?: SMTPServerAuthenticationResponse) => void;

/** Private key and certificate, PEM. */
type TlsIdentity = { readonly key: string; readonly cert: string };

const settings = {
  // In greeting and EHLO; absent, smtp-server would tell the name of the machine.
  name: 'localhost',
  banner: '',
  heloResponse: '%s',
  size: MAX_APPEND_OCTETS,
  logger: false,
  disableReverseLookup: true,
  hideENHANCEDSTATUSCODES: false,
  authOptional: false,
  authMethods: ['PLAIN', 'LOGIN'],
  authRequiredMessage: '5.7.0 Log in with an app password first',
  // On loopback nobody listens, and to an onion tor encrypts.
  allowInsecureAuth: true,
  maxAllowedUnauthenticatedCommands: MAX_COMMANDS_BEFORE_LOGIN,
  maxCommandLength: MAX_SUBMISSION_COMMAND_OCTETS,
  allowHalfOpen: true,
  // Behind the timers of the connection, which follow the core's clock.
  socketTimeout: 2 * SMTP_IDLE_TIMEOUT_MS,
} as const;

/** Not for people's programs, or leftovers of old ones. */
const NOT_OFFERED = ['XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'];

/**
 * Message submission (RFC 6409) with AUTH (RFC 4954) for other mail programs, on sockets that somebody else accepts.
 * `tls`: what STARTTLS shows; absent: it is not offered.
 */
export class SubmissionServer extends SMTPServer {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #budget: OctetBudget;
  readonly #bySession = new WeakMap<SMTPServerSession, SubmissionConnection>();
  /** Oldest first. */
  readonly #open = new Set<SubmissionConnection>();
  #ended: () => void = () => undefined;

  constructor(o: {
    readonly clock: Clock;
    readonly log: Log;
    readonly tls?: TlsIdentity;
    readonly budget?: OctetBudget;
  }) {
    super({
      ...settings,
      authMethods: [...settings.authMethods],
      ...o.tls,
      disabledCommands: o.tls ? NOT_OFFERED : ['STARTTLS', ...NOT_OFFERED],
    });
    this.#clock = o.clock;
    this.#log = o.log;
    this.#budget = o.budget ?? createReceivingBudget(MAX_SUBMITTING_OCTETS);
    this.on('error', () => o.log.warn('submission.connection-failed'));
  }

  /** Serves one connection until it ends. */
  serve(socket: Socket, door: SubmissionDoor): void {
    if (!this.#admit()) return turnAway(socket);
    const connection = new SubmissionConnection({
      server: this,
      socket,
      options: undefined,
      clock: this.#clock,
      door,
      ended: (each) => this.#forget(each),
    });
    this.#bySession.set(connection.session, connection);
    this.connections.add(connection);
    this.#open.add(connection);
    connection.on('error', (error: Error) => this.emit('error', error));
    connection.init();
  }

  /** Ends all connections; a letter that is being stored is answered first. Resolves when all have ended. */
  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.#ended = resolve));
    for (const connection of this.#open) connection.stop();
    if (this.#open.size > 0) await ended;
  }

  override onSecure(socket: Socket | TLSSocket, session: SMTPServerSession, done: Done): void {
    const connection = this.#connectionOf(session);
    connection.forget();
    connection.watch(socket);
    done();
  }

  override onAuth(auth: SMTPServerAuthentication, session: SMTPServerSession, done: LoggedIn): void {
    const connection = this.#connectionOf(session);
    void this.#logIn(connection, auth).then((reply) => {
      if (reply) done(new ReplyError(reply));
      else done(null, { user: 'logged in' });
    });
  }

  override onMailFrom(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    const connection = this.#connectionOf(session);
    this.#answer(done, () => {
      const refusal = connection.account ? connection.account.checkSender(address.address) : listenerReplies.failed;
      if (!refusal) connection.envelope = { mailFrom: address.address, recipients: [] };
      return refusal;
    });
  }

  override onRcptTo(address: SMTPServerAddress, session: SMTPServerSession, done: Done): void {
    const { account, envelope } = this.#connectionOf(session);
    this.#answer(done, () => {
      if (!account || !envelope) return listenerReplies.failed;
      if (envelope.recipients.length >= MAX_RECIPIENTS) return submissionReplies.tooManyRecipients;
      const refusal = account.checkRecipient(address.address);
      if (!refusal) envelope.recipients.push(address.address);
      return refusal;
    });
  }

  override onData(stream: SMTPServerDataStream, session: SMTPServerSession, done: DataDone): void {
    const connection = this.#connectionOf(session);
    const { account, envelope } = connection;
    const answer = (reply: SmtpReply): void =>
      reply.code === 250 ? done(null, replyText(reply)) : done(new ReplyError(reply));
    if (!account || !envelope) return answer(listenerReplies.failed);
    new LetterReceiver({ budget: this.#budget, connection, account, envelope, answer }).read(stream);
  }

  /** Undefined when the program is in. */
  async #logIn(connection: SubmissionConnection, auth: SMTPServerAuthentication): Promise<SmtpReply | undefined> {
    try {
      const account = await connection.door.logIn({ user: auth.username ?? '', password: auth.password ?? '' });
      connection.account = account;
      if (account) return undefined;
      connection.guessed();
      return submissionReplies.wrongPassword;
    } catch (error) {
      if (!(error instanceof PosthornError)) this.#log.error('submission.login-failed');
      return submissionReplies.logInLater;
    }
  }

  /** Whether there is a place for one more. Who has not logged in gives way to who comes. */
  #admit(): boolean {
    const strangers = [...this.#open].filter(({ account }) => account === undefined);
    if (strangers.length < MAX_SUBMISSION_STRANGERS && this.#open.size < MAX_SUBMISSION_CONNECTIONS) return true;
    const leaving = chooseOldestNewcomer(strangers, (each) => each.progress());
    leaving?.giveWay(listenerReplies.tooSlow);
    return leaving !== undefined;
  }

  #forget(connection: SubmissionConnection): void {
    this.#open.delete(connection);
    if (this.#open.size === 0) this.#ended();
  }

  #answer(done: Done, check: () => SmtpReply | undefined): void {
    let reply: SmtpReply | undefined;
    try {
      reply = check();
    } catch {
      this.#log.error('submission.check-failed');
      reply = listenerReplies.failed;
    }
    done(reply && new ReplyError(reply));
  }

  #connectionOf(session: SMTPServerSession): SubmissionConnection {
    const connection = this.#bySession.get(session);
    if (!connection) throw new Error('A session without its connection');
    return connection;
  }
}

function turnAway(socket: Socket): void {
  socket.on('error', () => undefined);
  socket.end(`421 ${replyText(submissionReplies.tooManyConnections)}\r\n`);
  socket.destroySoon();
}
