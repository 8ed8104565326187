import { PosthornError } from '../../../../shared/errors';
import { ProgramId, type IdentityId } from '../../../../shared/ids';
import type { MailForm, MailProgram, ProgramAccess, ProgramKind } from '../../../../shared/programs/mail-program';
import type { ProgramPorts } from '../../../../shared/settings';
import { APP_PASSWORD_OCTETS, appPasswordFrom, foldAppPassword } from '../../domain/clients/app-password';
import { MAX_PROGRAMS } from '../../domain/client-limits';
import { MINUTE_MS } from '../../domain/time';
import type { Unsubscribe } from '../../ports/runtime';
import type { KeptProgram, Vault } from '../../ports/storage/vault';
import type { Services } from '../mailbox';
import { ClientEntrance, type OpenAccounts } from './client-entrance';
import { ProgramDoors } from './program-doors';

type Needs = Pick<Services, 'appPasswordHashes' | 'clientServers' | 'clock' | 'events' | 'log' | 'random'>;

/** Other mail programs of one open profile: who may log in, who is connected, and the ports that they come in by. */
export class MailPrograms {
  readonly #entrance: ClientEntrance;
  readonly #doors: ProgramDoors;
  #cancelRetry: Unsubscribe = () => undefined;
  #isStopped = false;

  constructor(
    private readonly services: Needs,
    private readonly vault: Vault,
    accounts: OpenAccounts,
  ) {
    const entrance = new ClientEntrance(services, {
      logins: () => vault.appPasswords.list(),
      identities: () => vault.identities(),
      accounts,
      used: (o) => vault.appPasswords.used(o),
      changed: () => {
        this.#announce();
      },
    });
    this.#entrance = entrance;
    this.#doors = new ProgramDoors(
      {
        imap: (port) => services.clientServers.imap({ port, open: (connection) => entrance.imapDoor(connection) }),
        submission: (port) =>
          services.clientServers.submission({ port, open: (connection) => entrance.submissionDoor(connection) }),
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
    this.#entrance.close();
    await this.#doors.stop();
  }

  view(): ProgramAccess {
    const ports = this.#ports();
    return {
      isOn: ports.isOn,
      imap: this.#doors.state('imap', ports),
      submission: this.#doors.state('submission', ports),
      programs: this.vault.appPasswords.list().map(withoutHash),
      connections: this.#entrance.connections(),
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
    this.#entrance.cutProgram(programId);
    this.#announce();
    return this.view();
  }

  /** An identity goes out of service: whoever reads its mail is cut off. */
  close(identityId: IdentityId): void {
    this.#entrance.cutIdentity(identityId);
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
