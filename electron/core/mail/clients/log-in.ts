import { asciiLowerCase } from '../../../../shared/address/mailbox-of';
import type { IdentityId, ProgramId } from '../../../../shared/ids';
import { PosthornError } from '../../../../shared/errors';
import { foldAppPassword } from '../../domain/clients/app-password';
import { MAX_TYPED_PASSWORD } from '../../domain/client-limits';
import type { AppLogin, VaultIdentity } from '../../ports/storage/vault';
import type { Services } from '../mailbox';
import { LoginThrottle } from './login-throttle';

/** Who logged in: a program, for one identity. */
export type LoggedIn = { readonly program: AppLogin; readonly identityId: IdentityId };

/** Whose mail it is, and what programs may call them. */
export type NamedOwner = Pick<VaultIdentity, 'id' | 'address' | 'label'>;

type Typed = { readonly user: string; readonly password: string };

/**
 * Whether a user name and an app password let a program in. A password that was right once is known from then on: it
 * waits for nothing, so that whoever guesses, or a program with an old password, keeps nobody out who was in before.
 */
export class ProgramLogIn {
  readonly #throttle: LoginThrottle;
  /** Programs by the digest of their password. */
  readonly #known = new Map<string, ProgramId>();
  #turn: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(
    private readonly services: Pick<Services, 'clock' | 'appPasswordHashes'>,
    private readonly o: {
      /** Who may log in. */
      readonly logins: () => readonly AppLogin[];
      readonly identities: () => readonly NamedOwner[];
    },
  ) {
    this.#throttle = new LoginThrottle(services.clock);
  }

  /** Undefined for a wrong name or password. Throws `too-many` when too many wrong ones came. */
  async logIn({ user, password }: Typed): Promise<LoggedIn | undefined> {
    const name = asciiLowerCase(user.trim());
    const typed = foldAppPassword(password.slice(0, MAX_TYPED_PASSWORD));
    const digest = this.services.appPasswordHashes.digest(typed);
    const known = this.#isClosed ? undefined : this.#letIn(this.#known.get(digest), name);
    if (known) return known;
    if (!(await this.#throttle.enter(name))) throw tooMany();
    const id = await this.#inTurn(() => this.#find(typed));
    const found = this.#isClosed ? undefined : this.#letIn(id, name);
    if (!found) return undefined;
    this.#throttle.right(name);
    this.#known.set(digest, found.program.id);
    return found;
  }

  /** Nobody is let in any more. */
  close(): void {
    this.#isClosed = true;
    this.#known.clear();
    this.#throttle.close();
  }

  /** A program may have been removed, or an identity, since its password was found. */
  #letIn(id: ProgramId | undefined, name: string): LoggedIn | undefined {
    const program = this.o.logins().find((each) => each.id === id);
    if (!program) return undefined;
    const own = this.o.identities().filter((identity) => program.identityIds.includes(identity.id));
    const named = own.find(({ address }) => address === name) ?? onlyOne(own.filter((each) => isCalled(each, name)));
    return named && { program, identityId: named.id };
  }

  async #find(password: string): Promise<ProgramId | undefined> {
    if (this.#isClosed) return undefined;
    const programs = this.o.logins();
    const hashes = programs.map(({ hash }) => hash);
    const index = await this.services.appPasswordHashes.find({ password, hashes });
    return index === undefined ? undefined : programs[index]?.id;
  }

  /** One hash at a time: each takes memory, and a thread that others need, too. */
  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(step);
    this.#turn = next.catch(() => undefined);
    return next;
  }
}

function isCalled({ address, label }: NamedOwner, name: string): boolean {
  return address.split('@')[0] === name || (label !== '' && asciiLowerCase(label.trim()) === name);
}

/** Two identities of one name: neither, since mail must not come from the other one. */
function onlyOne<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

function tooMany(): PosthornError {
  return new PosthornError(
    'too-many',
    'Too many wrong passwords came for this name. Nothing is lost; try again in a minute.',
  );
}
