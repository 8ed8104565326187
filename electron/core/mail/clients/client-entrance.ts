import { PosthornError } from '../../../../shared/errors';
import type { IdentityId, ProgramId } from '../../../../shared/ids';
import type { MailForm, ProgramConnection } from '../../../../shared/programs/mail-program';
import { MINUTE_MS } from '../../domain/time';
import type { ClientConnection } from '../../ports/client-servers';
import type { ImapAccount, ImapDoor } from '../../ports/imap';
import type { AppLogin } from '../../ports/storage/vault';
import type { SubmissionAccount, SubmissionDoor } from '../../ports/submission';
import type { Services } from '../mailbox';
import { ConnectedPrograms } from './connected-programs';
import { ProgramLogIn, type LoggedIn, type NamedOwner } from './log-in';

/** What programs get of the identities that are in service. */
export type OpenAccounts = {
  readonly imap: (o: { readonly identityId: IdentityId; readonly form: MailForm }) => ImapAccount | undefined;
  /** `identityIds`: whom a program may write for, now. */
  readonly submission: (identityIds: () => readonly IdentityId[]) => SubmissionAccount;
};

/** Whose passwords open an entrance. */
export type EntranceParts = {
  /** Nobody else gets in here. */
  readonly logins: () => readonly AppLogin[];
  readonly identities: () => readonly NamedOwner[];
  readonly accounts: OpenAccounts;
  /** Keeps when one was here last. */
  readonly used: (o: { readonly id: ProgramId; readonly at: number }) => void;
  /** Called after somebody came or went. */
  readonly changed: () => void;
};

/** One way in for other mail programs, whatever it listens on: who gets in there, and who is in. */
export class ClientEntrance {
  readonly #logIn: ProgramLogIn;
  readonly #connected: ConnectedPrograms;

  constructor(
    private readonly services: Pick<Services, 'appPasswordHashes' | 'clock' | 'log'>,
    private readonly o: EntranceParts,
  ) {
    this.#logIn = new ProgramLogIn(services, o);
    this.#connected = new ConnectedPrograms(o.changed);
  }

  /** Who is connected now. */
  connections(): ProgramConnection[] {
    return this.#connected.list();
  }

  /** Cuts off everything that is connected with this password. */
  cutProgram(id: ProgramId): void {
    this.#connected.cutProgram(id);
  }

  /** Cuts off everything that is connected for this identity. */
  cutIdentity(id: IdentityId): void {
    this.#connected.cutIdentity(id);
  }

  /** Nobody is let in any more. */
  close(): void {
    this.#logIn.close();
  }

  /** For one IMAP connection. */
  imapDoor(connection: ClientConnection): ImapDoor {
    let name: string | undefined;
    let tell: (clientName: string) => void = () => undefined;
    return {
      logIn: async (typed) => {
        const found = await this.#logIn.logIn(typed);
        const account = found && this.o.accounts.imap({ identityId: found.identityId, form: found.program.form });
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

  /** For one submission connection. */
  submissionDoor(connection: ClientConnection): SubmissionDoor {
    return {
      logIn: async (typed) => {
        const found = await this.#logIn.logIn(typed);
        if (!found) return undefined;
        this.#admit(found, 'submission', connection);
        return this.o.accounts.submission(() => this.#find(found.program.id)?.identityIds ?? []);
      },
    };
  }

  #find(id: ProgramId): AppLogin | undefined {
    return this.o.logins().find((each) => each.id === id);
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
  #note({ id, lastUsedAt }: AppLogin, now: number): void {
    const at = now - (now % MINUTE_MS);
    if (lastUsedAt === at) return;
    try {
      this.o.used({ id, at });
    } catch (error) {
      // A full disk must not keep a program from reading.
      this.services.log.warn('programs.use-not-noted', { posthorn: error instanceof PosthornError });
    }
    this.o.changed();
  }
}
