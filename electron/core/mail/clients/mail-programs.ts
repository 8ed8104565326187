import { PosthornError } from '../../../../shared/errors';
import { ProgramId, type IdentityId } from '../../../../shared/ids';
import type {
  MailForm,
  MailProgram,
  ProgramAccess,
  ProgramConnection,
  ProgramKind,
} from '../../../../shared/programs/mail-program';
import type { ProgramPorts } from '../../../../shared/settings';
import { APP_PASSWORD_OCTETS, appPasswordFrom, foldAppPassword } from '../../domain/clients/app-password';
import { MAX_PROGRAMS } from '../../domain/client-limits';
import { MINUTE_MS } from '../../domain/time';
import type { ClientConnection } from '../../ports/client-servers';
import type { ImapAccount, ImapDoor } from '../../ports/imap';
import type { Unsubscribe } from '../../ports/runtime';
import type { SubmissionAccount, SubmissionDoor } from '../../ports/submission';
import type { KeptProgram, Vault } from '../../ports/storage/vault';
import type { Services } from '../mailbox';
import { ConnectedPrograms } from './connected-programs';
import { ProgramLogIn, type LoggedIn } from './log-in';
import { ProgramDoors } from './program-doors';

type Needs = Pick<Services, 'appPasswordHashes' | 'clientServers' | 'clock' | 'events' | 'log' | 'random'>;

/** What programs get of the identities that are in service. */
export type OpenAccounts = {
  readonly imap: (o: { readonly identityId: IdentityId; readonly form: MailForm }) => ImapAccount | undefined;
  /** `identityIds`: whom a program may write for, now. */
  readonly submission: (identityIds: () => readonly IdentityId[]) => SubmissionAccount;
};

/** Other mail programs of one open profile: who may log in, who is connected, and the ports that they come in by. */
export class MailPrograms {
  readonly #logIn: ProgramLogIn;
  readonly #connected: ConnectedPrograms;
  readonly #doors: ProgramDoors;
  #cancelRetry: Unsubscribe = () => undefined;
  #isStopped = false;

  constructor(
    private readonly services: Needs,
    private readonly vault: Vault,
    private readonly accounts: OpenAccounts,
  ) {
    this.#logIn = new ProgramLogIn(services, vault);
    this.#connected = new ConnectedPrograms(() => {
      this.#announce();
    });
    this.#doors = new ProgramDoors(
      {
        imap: (port) => services.clientServers.imap({ port, open: (connection) => this.#imapDoor(connection) }),
        submission: (port) =>
          services.clientServers.submission({ port, open: (connection) => this.#submissionDoor(connection) }),
      },
      services.log,
    );
  }

  /** Lets programs in, if they are to be; a port that another program has is tried again each minute. */
  async start(): Promise<void> {
    await this.#doors.start(this.#ports());
    this.#retryLater();
  }

  /** Cuts everybody off; resolves when nothing of this is running. Never rejects. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelRetry();
    this.#logIn.close();
    await this.#doors.stop();
  }

  view(): ProgramAccess {
    const ports = this.#ports();
    return {
      isOn: ports.isOn,
      imap: this.#doors.state('imap', ports),
      submission: this.#doors.state('submission', ports),
      programs: this.vault.appPasswords.list().map(withoutHash),
      connections: this.#connected.list(),
    };
  }

  /** Opens and closes ports; `keep` stores that they are wanted. Throws `port-refused`; then nothing has changed. */
  async listen(ports: ProgramPorts, keep: () => Promise<void>): Promise<void> {
    const before = this.#ports();
    await this.#doors.set(ports);
    try {
      await keep();
    } catch (error) {
      await this.#doors.start(before);
      throw error;
    }
    this.#announce();
  }

  /** Makes a password, which is told to nobody else and never again. Throws `too-many`, `identity-unknown`. */
  async add(o: {
    readonly name: string;
    readonly kind: ProgramKind;
    readonly identityIds: readonly IdentityId[];
    readonly form: MailForm;
  }): Promise<{ program: MailProgram; password: string }> {
    const kept = this.vault.appPasswords.list();
    if (kept.length >= MAX_PROGRAMS) throw tooMany();
    const known = this.vault.identities().map(({ id }) => id);
    if (!o.identityIds.every((id) => known.includes(id))) throw unknownIdentity();
    const { appPasswordHashes, random, clock } = this.services;
    const password = appPasswordFrom(random.bytes(APP_PASSWORD_OCTETS));
    const hash = await appPasswordHashes.hash({
      password: foldAppPassword(password),
      beside: kept.map((each) => each.hash),
    });
    const id = ProgramId.parse(random.uuid());
    const program = { ...o, identityIds: [...new Set(o.identityIds)], id, createdAt: clock.now() };
    this.vault.appPasswords.add({ ...program, hash });
    this.#announce();
    return { program, password };
  }

  /** Takes a password back; who is connected with it is cut off. Throws `program-unknown`. */
  remove(programId: ProgramId): ProgramAccess {
    if (!this.vault.appPasswords.remove(programId)) throw unknownProgram();
    this.#connected.cutProgram(programId);
    this.#announce();
    return this.view();
  }

  /** An identity goes out of service: whoever reads its mail is cut off. */
  close(identityId: IdentityId): void {
    this.#connected.cutIdentity(identityId);
  }

  /** An identity was removed, and with it the right of programs to log in for it. */
  identityRemoved(): void {
    this.#announce();
  }

  /** Logs in as a program would, over the port. Throws `identity-unknown`. */
  async test(o: {
    readonly identityId: IdentityId;
    readonly password: string;
  }): Promise<'logged-in' | 'refused' | 'not-listening' | 'no-answer'> {
    const identity = this.vault.identities().find(({ id }) => id === o.identityId);
    if (!identity) throw unknownIdentity();
    const { port, state } = this.view().imap;
    // Who has the port in our place must not be told the password.
    if (state !== 'listening') return 'not-listening';
    return this.services.clientServers.tryImap({ port, user: identity.address, password: o.password });
  }

  #imapDoor(connection: ClientConnection): ImapDoor {
    let name: string | undefined;
    let tell: (clientName: string) => void = () => undefined;
    return {
      logIn: async (typed) => {
        const found = await this.#logIn.logIn(typed);
        const account = found && this.accounts.imap({ identityId: found.identityId, form: found.program.form });
        if (!account) return undefined;
        tell = this.#admit(found, 'imap', connection);
        if (name !== undefined) tell(name);
        return account;
      },
      named: (clientName) => {
        name = clientName;
        tell(clientName);
      },
    };
  }

  #submissionDoor(connection: ClientConnection): SubmissionDoor {
    return {
      logIn: async (typed) => {
        const found = await this.#logIn.logIn(typed);
        if (!found) return undefined;
        this.#admit(found, 'submission', connection);
        return this.accounts.submission(() => this.#find(found.program.id)?.identityIds ?? []);
      },
    };
  }

  #find(id: ProgramId): KeptProgram | undefined {
    return this.vault.appPasswords.list().find((each) => each.id === id);
  }

  /** Throws `too-many`. */
  #admit(
    { program, identityId }: LoggedIn,
    protocol: ProgramConnection['protocol'],
    connection: ClientConnection,
  ): (clientName: string) => void {
    const now = this.services.clock.now();
    const facts = { programId: program.id, identityId, protocol, since: now };
    const tell = this.#connected.add(facts, connection);
    this.#note(program, now);
    return tell;
  }

  /** To the minute: a program that connects all the time must not write all the time. */
  #note({ id, lastUsedAt }: KeptProgram, now: number): void {
    const at = now - (now % MINUTE_MS);
    if (lastUsedAt === at) return;
    try {
      this.vault.appPasswords.used({ id, at });
    } catch (error) {
      // A full disk must not keep a program from reading.
      this.services.log.warn('programs.use-not-noted', { posthorn: error instanceof PosthornError });
    }
    this.#announce();
  }

  #ports(): ProgramPorts {
    return this.vault.settings().programs;
  }

  #retryLater(): void {
    this.#cancelRetry = this.services.clock.setTimer(MINUTE_MS, () => void this.#retry());
  }

  async #retry(): Promise<void> {
    const { imap, submission } = this.view();
    if (imap.state === 'taken' || submission.state === 'taken') {
      await this.#doors.start(this.#ports());
      if (this.#isStopped) await this.#doors.stop();
      this.#announce();
    }
    if (!this.#isStopped) this.#retryLater();
  }

  #announce(): void {
    if (!this.#isStopped) this.services.events.publish({ type: 'programs.changed', access: this.view() });
  }
}

function withoutHash({ hash: _secret, ...program }: KeptProgram): MailProgram {
  return program;
}

function tooMany(): PosthornError {
  return new PosthornError(
    'too-many',
    'There are as many programs as there may be. Nothing was added; remove one first.',
  );
}

function unknownIdentity(): PosthornError {
  return new PosthornError('identity-unknown', 'This identity is not in this profile. Nothing was changed.');
}

function unknownProgram(): PosthornError {
  return new PosthornError('program-unknown', 'This program is not in the list. Nothing was changed.');
}
