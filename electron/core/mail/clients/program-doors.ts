import { PosthornError } from '../../../../shared/errors';
import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import type { ProgramPorts } from '../../../../shared/settings';
import type { LocalServer } from '../../ports/local-server';
import type { Log } from '../../ports/runtime';

type Protocol = 'imap' | 'submission';
type Start = (port: number) => Promise<LocalServer>;
type Open = { readonly port: number; readonly server: LocalServer };

/**
 * The ports of 127.0.0.1 by which programs come in, as the person wants them. What it is asked it does one after the
 * other.
 */
export class ProgramDoors {
  readonly #open = new Map<Protocol, Open>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly starts: Readonly<Record<Protocol, Start>>,
    private readonly log: Log,
  ) {}

  /** Opens what can be opened, and closes the others; a port that another program has shows as taken. Never rejects. */
  start(ports: ProgramPorts): Promise<void> {
    return this.#inTurn(() => this.#openEach(ports));
  }

  /** Opens and closes what differs from now. Throws `port-refused`; then all is open that was, and nothing else. */
  set(ports: ProgramPorts): Promise<void> {
    return this.#inTurn(async () => {
      if (ports.imapPort === ports.submissionPort) throw samePort();
      const next = wanted(ports);
      await this.#take(await this.#openNew(next));
      await this.#close([...this.#open.keys()].filter((each) => !next.has(each)));
    });
  }

  /** Whether programs can come in by this port. */
  state(protocol: Protocol, ports: ProgramPorts): ProgramAccess['imap'] {
    const port = protocol === 'imap' ? ports.imapPort : ports.submissionPort;
    const isOpen = this.#open.get(protocol)?.port === port;
    return { port, state: isOpen ? 'listening' : ports.isOn ? 'taken' : 'off' };
  }

  /** Cuts everybody off and closes the ports. Never rejects. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#close([...this.#open.keys()]));
  }

  async #openEach(ports: ProgramPorts): Promise<void> {
    const next = wanted(ports);
    for (const [protocol, port] of next) {
      const opened = await this.#openNew(new Map([[protocol, port]])).catch(() => undefined);
      if (opened) await this.#take(opened);
      else this.log.warn('programs.port-taken');
    }
    await this.#close([...this.#open.keys()].filter((each) => !next.has(each)));
  }

  /** Opens all of these, or none. */
  async #openNew(next: ReadonlyMap<Protocol, number>): Promise<Map<Protocol, Open>> {
    const opened = new Map<Protocol, Open>();
    try {
      for (const [protocol, port] of next) {
        if (this.#open.get(protocol)?.port === port) continue;
        opened.set(protocol, { port, server: await this.starts[protocol](port) });
      }
    } catch (error) {
      await Promise.allSettled([...opened.values()].map(({ server }) => server.stop()));
      throw error;
    }
    return opened;
  }

  async #take(opened: ReadonlyMap<Protocol, Open>): Promise<void> {
    await this.#close([...opened.keys()]);
    for (const [protocol, open] of opened) this.#open.set(protocol, open);
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(step);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  async #close(protocols: readonly Protocol[]): Promise<void> {
    const servers = protocols.flatMap((protocol) => this.#open.get(protocol)?.server ?? []);
    for (const protocol of protocols) this.#open.delete(protocol);
    await Promise.allSettled(servers.map((server) => server.stop()));
  }
}

function wanted({ isOn, imapPort, submissionPort }: ProgramPorts): Map<Protocol, number> {
  return new Map<Protocol, number>(
    isOn
      ? [
          ['imap', imapPort],
          ['submission', submissionPort],
        ]
      : [],
  );
}

function samePort(): PosthornError {
  return new PosthornError(
    'port-refused',
    'Reading and sending need a port each. Nothing was changed; choose two different ones.',
  );
}
