import type { Socket } from 'node:net';
import { MAX_BAD_COMMANDS, MAX_EARLY_BAD_COMMANDS, MAX_FAILED_LOGINS } from '../domain/client-limits';
import type { ImapAccount } from '../ports/imap';
import type { Log } from '../ports/runtime';
import type { CommandTable } from './command-table';
import { capabilities } from './commands/access/capability';
import { MessageWentAway } from './content/tell-section';
import { ArgumentReader } from './grammar/argument-reader';
import { LiteralRoom, type AppendRoom } from './literal-room';
import { CommandFailed, runCommand, tagOf } from './run-command';
import type { RecentClaims } from './session/recent-claims';
import type { LoginOutcome, Session } from './session/session';
import { no, taggedText, type Tagged } from './session/tagged';
import { ClientGone } from './wire/client-gone';
import { ClientLine } from './wire/client-line';
import type { Collected } from './wire/command-collector';
import type { CommandPart } from './wire/command-part';

type Credentials = { readonly user: string; readonly password: string };

/** What a connection asks of its server. */
export type ConnectionOwner = {
  readonly table: CommandTable;
  readonly canStartTls: boolean;
  readonly appendRoom: AppendRoom;
  readonly claims: RecentClaims;
  readonly log: Log;
  logIn(connection: ImapConnection, o: Credentials): Promise<ImapAccount | Exclude<LoginOutcome, 'logged-in'>>;
  heard(connection: ImapConnection): void;
  /** What the client calls itself. */
  named(connection: ImapConnection, clientName: string): void;
};

/** One client (RFC 9051 3): its commands are done one after another. */
export class ImapConnection {
  readonly #client: ClientLine;
  readonly #session: Session;
  readonly #literals: LiteralRoom;
  #failedLogins = 0;
  #badCommands = 0;

  constructor(
    socket: Socket,
    private readonly owner: ConnectionOwner,
  ) {
    this.#literals = new LiteralRoom(owner.appendRoom, () => this.account !== undefined);
    this.#client = new ClientLine(socket, {
      mayTake: (literal) => this.#literals.mayTake(literal),
      heard: () => owner.heard(this),
    });
    this.#session = this.#begin();
  }

  /** Whose mail it reads; undefined before somebody has logged in. */
  get account(): ImapAccount | undefined {
    return this.#session.account;
  }

  /** Resolves when the connection is at its end; never throws. */
  async serve(): Promise<void> {
    const client = this.#client;
    try {
      client.tell(`OK [${capabilities(this.#session)}] Posthorn`);
      await client.flush();
      while (!this.#session.isOver) {
        const collected = await client.next();
        if (!collected) break;
        await this.#take(collected);
      }
      client.end();
    } catch (error) {
      // What breaks off in the middle of an answer can only be cut off.
      if (!(error instanceof ClientGone || error instanceof MessageWentAway)) this.owner.log.error('imap.failed');
      client.cut();
    } finally {
      this.#literals.free();
    }
  }

  /** Says good-bye where that is possible, and ends. */
  end(why: string): void {
    const client = this.#client;
    if (this.#session.isOver || !client.isWaiting) return client.cut();
    this.#session.isOver = true;
    client.tell(`BYE ${why}`);
    client.flush().then(
      () => client.end(),
      () => client.cut(),
    );
  }

  cut(): void {
    this.#client.cut();
  }

  #begin(): Session {
    const client = this.#client;
    const { owner } = this;
    return {
      client,
      account: undefined,
      selected: undefined,
      isOver: false,
      enabled: { condstore: false, qresync: false, utf8: false, rev2: false },
      claims: owner.claims,
      logIn: (o) => this.#logIn(o),
      named: (clientName) => owner.named(this, clientName),
      get canStartTls() {
        return owner.canStartTls && !client.isSecure;
      },
    };
  }

  async #take(collected: Collected): Promise<void> {
    const client = this.#client;
    switch (collected.kind) {
      case 'literal-awaited':
        client.write('+ OK\r\n');
        break;
      case 'too-large':
        client.tell('BYE [TOOBIG] This is too much at once');
        this.#session.isOver = true;
        break;
      case 'literal-refused':
        client.write(taggedText(tagOf(new ArgumentReader(collected.parts)), this.#refusal(collected.parts)));
        this.#literals.free();
        break;
      case 'command':
        return this.#do(collected.parts);
    }
    await client.flush();
  }

  #refusal(parts: readonly CommandPart[]): Tagged {
    const { refusal } = this.#literals;
    this.#countBad(parts.length > 0);
    return no(refusal === 'LIMIT' ? 'There is no room for it now; try again later' : 'This is too large', refusal);
  }

  async #do(parts: readonly CommandPart[]): Promise<void> {
    const client = this.#client;
    const [only] = parts;
    // Some programs end a literal at the end of a command with a line end too many.
    if (parts.length === 1 && only && 'text' in only && only.text === '') return;
    const { tag, after, ...tagged } = await this.#outcome(parts);
    this.#literals.free();
    client.write(taggedText(tag, tagged));
    this.#countBad(tagged.status === 'BAD');
    await client.flush();
    after?.();
  }

  /** What a command throws that nobody has foreseen harms no other command. */
  async #outcome(parts: readonly CommandPart[]): Promise<Tagged & { readonly tag: string }> {
    try {
      return await runCommand(this.#session, { table: this.owner.table, parts });
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      if (error.cause instanceof ClientGone || error.cause instanceof MessageWentAway) throw error.cause;
      this.owner.log.error('imap.command-failed');
      return { tag: error.tag, ...no('This program has failed; nothing is known of what became of it', 'SERVERBUG') };
    }
  }

  #countBad(isBad: boolean): void {
    this.#badCommands = isBad ? this.#badCommands + 1 : 0;
    const most = this.account ? MAX_BAD_COMMANDS : MAX_EARLY_BAD_COMMANDS;
    if (this.#badCommands >= most) this.#sayBye('Too many commands that are none');
  }

  async #logIn(o: Credentials): Promise<LoginOutcome> {
    const outcome = await this.owner.logIn(this, o);
    if (typeof outcome !== 'string') {
      this.#session.account = outcome;
      return 'logged-in';
    }
    this.#failedLogins += 1;
    if (this.#failedLogins >= MAX_FAILED_LOGINS) this.#sayBye('Too many wrong passwords');
    return outcome;
  }

  #sayBye(why: string): void {
    if (!this.#session.isOver) this.#client.tell(`BYE ${why}`);
    this.#session.isOver = true;
  }
}
