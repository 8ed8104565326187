import type { IdentityId, ProgramId } from '../../../../shared/ids';
import type { ProgramConnection } from '../../../../shared/programs/mail-program';
import { PosthornError } from '../../../../shared/errors';
import { MAX_CONNECTIONS_OF_PASSWORD } from '../../domain/client-limits';
import type { ClientConnection } from '../../ports/client-servers';

type Entry = { facts: ProgramConnection; readonly connection: ClientConnection };

/** Octets of a name that a program gives itself. */
const MAX_NAME = 60;

/** The connections of programs that are logged in. `changed` is called after each change. */
export class ConnectedPrograms {
  readonly #entries = new Set<Entry>();

  constructor(private readonly changed: () => void) {}

  list(): ProgramConnection[] {
    return [...this.#entries].map(({ facts }) => facts);
  }

  /** Throws `too-many` when this program has as many as it may. Answers how to tell what the program calls itself. */
  add(facts: ProgramConnection, connection: ClientConnection): (clientName: string) => void {
    const same = this.#of(facts.programId).filter((other) => other.facts.protocol === facts.protocol);
    if (same.length >= MAX_CONNECTIONS_OF_PASSWORD) throw tooMany();
    const entry: Entry = { facts, connection };
    this.#entries.add(entry);
    void connection.ended.then(() => {
      if (this.#entries.delete(entry)) this.changed();
    });
    this.changed();
    return (clientName) => {
      const name = plainName(clientName);
      if (name === '' || !this.#entries.has(entry)) return;
      entry.facts = { ...entry.facts, clientName: name };
      this.changed();
    };
  }

  /** Cuts off everything that is connected with this password. */
  cutProgram(programId: ProgramId): void {
    this.#cut(this.#of(programId));
  }

  /** Cuts off everything that is connected for this identity. */
  cutIdentity(identityId: IdentityId): void {
    this.#cut([...this.#entries].filter(({ facts }) => facts.identityId === identityId));
  }

  #of(programId: ProgramId): Entry[] {
    return [...this.#entries].filter(({ facts }) => facts.programId === programId);
  }

  #cut(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#entries.delete(entry);
      entry.connection.cut();
    }
    if (entries.length > 0) this.changed();
  }
}

/** Nothing that a terminal or a window would obey. */
function plainName(text: string): string {
  return text
    .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '')
    .trim()
    .slice(0, MAX_NAME)
    .replace(/[\ud800-\udbff]$/u, '');
}

function tooMany(): PosthornError {
  return new PosthornError(
    'too-many',
    'This program has as many connections as it may have. Close some; no mail is lost.',
  );
}
