/**
 * A holder's core in a process of its own, for tests that kill it: opens the profile in argv, at the first word from
 * its parent, and reaches other onions through the parent's SOCKS port, also in argv. Nothing leaves or enters it
 * before it has told by IPC what it holds, so that the parent knows in what state the last kill left it.
 */
import { once } from 'node:events';
import type { MailClient } from '../../../shared/custody';
import type { IdentityId, OnionHost } from '../../../shared/ids';
import { socks5Connect } from '../onion/socks5-connect';
import type { DialOutcome } from '../ports/onion';
import type { Clock } from '../ports/runtime';
import { jsonLog } from '../runtime/json-log';
import { systemClock } from '../runtime/system-clock';
import type { LocalDoor } from '../ports/local-server';
import { LoopbackNetwork } from './loopback-onion';
import { makeTestCore } from './make-test-core';

/** Messages that it holds, and those it has handed over and forgotten, ever. */
export type HolderCount = { readonly held: number; readonly handedOver: number };
/** What a holder's process says when it is up. After every change it tells the counts alone. */
export type HolderUp = HolderCount & {
  readonly onion: OnionHost;
  readonly ports: readonly (readonly [number, LocalDoor])[];
};

const DIAL_MS = 10_000;

/** Dials through the parent, once `open` is called. */
class NetworkOfParent extends LoopbackNetwork {
  readonly published: { onion: OnionHost; ports: readonly (readonly [number, LocalDoor])[] }[] = [];
  open: () => void = () => undefined;
  readonly #isOpen = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  constructor(
    private readonly clock: Clock,
    private readonly socksPort: number,
  ) {
    super();
  }

  override publish(...[onion, ports]: Parameters<LoopbackNetwork['publish']>): void {
    this.published.push({ onion, ports: [...ports] });
  }

  override async dial(host: string, port: number): Promise<DialOutcome> {
    await this.#isOpen;
    const isolation = { user: 'holder', password: 'holder' };
    return socks5Connect({
      proxy: { host: '127.0.0.1', port: this.socksPort },
      host,
      port,
      isolation,
      timeoutMs: DIAL_MS,
      clock: this.clock,
      check: () => 'ok',
    });
  }
}

const [, , directory, socksPort] = process.argv;
if (directory === undefined || socksPort === undefined)
  throw new Error('Name the profile to open and the port to dial through');
// Started before it is needed: when a process was killed, the next one has its program loaded already.
await once(process, 'message');
const clock = systemClock();
const log = jsonLog({ write: (line) => void process.stderr.write(line), now: () => clock.now() });
const network = new NetworkOfParent(clock, Number(socksPort));
const core = await makeTestCore(network, { clock, directory, log });
const [own] = await core.call('identities.list', {});
const [published] = network.published;
if (!own || !published) throw new Error('This profile has no identity');

async function count(identityId: IdentityId): Promise<HolderCount> {
  const { clients } = await core.call('holding.view', { identityId });
  const sum = (of: (client: MailClient) => number): number => clients.reduce((total, client) => total + of(client), 0);
  return { held: sum(({ heldMessages }) => heldMessages), handedOver: sum(({ handedOver }) => handedOver) };
}

const up: HolderUp = { ...published, ...(await count(own.id)) };
process.send?.(up);
core.onEvent(({ type }) => {
  if (type === 'holding.changed') void count(own.id).then((counted) => process.send?.(counted));
});
network.open();
