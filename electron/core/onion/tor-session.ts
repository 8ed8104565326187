import { readFile } from 'node:fs/promises';
import { PosthornError } from '../../../shared/errors';
import type { TorLaunch } from '../../../shared/launch';
import type { TorAbout } from '../../../shared/tor-about';
import type { TorStatus } from '../../../shared/tor-status';
import type { CircuitPlace, DialOutcome, Onion, PublishedOnion, SocksProxy } from '../ports/onion';
import type { Clock, Log, Random, Unsubscribe } from '../ports/runtime';
import { noNews, statusOf, withStatusLine, type TorNews } from './bootstrap-status';
import { type BridgeChoice, isSameChoice, requireLines, usesBridges } from './chosen-bridges';
import { ClientAuthorisations } from './client-authorisations';
import { connectControl, type ControlClient } from './control-client';
import { OnionDialer } from './onion-dialer';
import { OnionPublisher } from './onion-publisher';
import { reachOwnService } from './reach-own-service';
import { SelfCheck } from './self-check';
import { tellBridges } from './tell-bridges';
import { kitOf, launchStatus, parseSocksListener, waitingForUnlock } from './launch-status';
import { StatusBoard } from './status-board';

type Running = Extract<TorLaunch, { state: 'running' }>;

export type TorSessionOptions = { readonly clock: Clock; readonly log: Log; readonly random: Random };

const REATTACH_MS = [250, 500, 1_000, 2_000, 5_000] as const;
const EVENTS = 'SETEVENTS STATUS_CLIENT STATUS_GENERAL NETWORK_LIVENESS HS_DESC SIGNAL';

/** The `Onion` port over real tor; nothing happens until it is told of a tor. */
export function createTorSession(options: TorSessionOptions): TorSession {
  return new TorSession(options);
}

/**
 * The core's side of tor: one control connection that owns the tor process, the onion services in it, and streams to
 * other onion services. Whenever the supervisor tells of a new tor, everything wanted is made again in it.
 */
export class TorSession implements Onion {
  readonly #options: TorSessionOptions;
  readonly #publisher: OnionPublisher;
  readonly #authorisations: ClientAuthorisations;
  readonly #dialer: OnionDialer;
  readonly #selfCheck: SelfCheck;
  readonly #board = new StatusBoard(launchStatus({ state: 'stopped' }));
  #launch: TorLaunch = { state: 'stopped' };
  #client: ControlClient | undefined;
  #news: TorNews = noNews;
  #proxy: SocksProxy | undefined;
  /** Undefined until the profile is open: a user who needs its bridges must not be seen on the network without. */
  #bridges: BridgeChoice | undefined;
  #published = false;
  #failedAttaches = 0;
  #cancelAttach: Unsubscribe = () => undefined;
  #closed = false;

  constructor(options: TorSessionOptions) {
    this.#options = options;
    this.#publisher = new OnionPublisher({ clock: options.clock });
    this.#authorisations = new ClientAuthorisations({ log: options.log });
    this.#dialer = new OnionDialer({ clock: options.clock, proxy: () => this.socksProxy() });
    this.#selfCheck = new SelfCheck({
      clock: options.clock,
      targets: () => this.#publisher.online(),
      isBusy: () => this.#dialer.isBusy(),
      isReachable: (target) =>
        reachOwnService(
          { dial: (dial) => this.dial(dial), random: options.random, authorisations: this.#authorisations },
          target,
        ),
      unreachable: () => this.#unreachable(),
    });
  }

  torChanged(launch: TorLaunch): void {
    if (this.#closed) return;
    this.#launch = launch;
    this.#failedAttaches = 0;
    this.#detach();
    this.#board.report(launchStatus(launch));
    if (launch.state === 'running') void this.#attach(launch);
  }

  publish(options: Parameters<Onion['publish']>[0]): PublishedOnion {
    return this.#publisher.publish(options);
  }

  status(): TorStatus {
    return this.#board.status;
  }

  about(): TorAbout | undefined {
    return kitOf(this.#launch)?.about;
  }

  onStatus(listener: (status: TorStatus) => void): Unsubscribe {
    return this.#board.follow(listener);
  }

  authorise({ host, authKey }: Parameters<Onion['authorise']>[0]): void {
    this.#authorisations.authorise(host, authKey);
  }

  async dial(options: Parameters<Onion['dial']>[0]): Promise<DialOutcome> {
    await this.#authorisations.settled();
    return this.#dialer.dial(options);
  }

  async takePlace(o: Parameters<Onion['takePlace']>[0]): Promise<CircuitPlace | undefined> {
    await this.#authorisations.settled();
    return this.#dialer.takePlace(o);
  }

  socksProxy(): SocksProxy | undefined {
    // Before the bootstrap is done tor lets a connection wait until it times out.
    return this.#news.progress === 100 ? this.#proxy : undefined;
  }

  /**
   * Lets tor onto the network by these bridges, or without any; before the first call it stays off. A tor that goes
   * away meanwhile does not matter: the next one gets the lines.
   * @throws PosthornError `invalid-call` for bridges that tor does not take or has no program for; those before are in
   *   use again then, and when there were none yet tor stays off the network rather than go there without a bridge
   */
  async setBridges(lines: readonly string[], builtIn: BridgeChoice['builtIn'] = 'none'): Promise<void> {
    const before = this.#bridges;
    const choice = { lines: [...lines], builtIn };
    if (before !== undefined && isSameChoice(before, choice)) return;
    // Connections are not closed for a choice that this tor cannot go by.
    if (before !== undefined && this.#client !== undefined) requireLines(choice, kitOf(this.#launch));
    this.#bridges = choice;
    try {
      await this.#reopen((client) => this.#useBridges(client));
    } catch (error) {
      if (error instanceof PosthornError && error.code === 'tor-offline') return;
      if (before === undefined) throw error;
      this.#bridges = before;
      // These bridges worked before; if they do not now, the status tells.
      await this.#reopen((client) => this.#useBridges(client)).catch(() => undefined);
      throw error;
    }
  }

  async networkChanged(): Promise<void> {
    await this.#reopen(() => Promise.resolve());
    // Their introduction circuits are gone; tor would take half a minute to notice that it has to make others.
    if (this.#client) await this.#publisher.republishAll();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    // Before the connection ends, so that its end is not reported as trouble.
    this.#detach();
    this.#board.report(launchStatus({ state: 'stopped' }));
    await client?.closed;
  }

  async #attach(launch: Running): Promise<void> {
    const current = () => this.#launch === launch && !this.#closed;
    try {
      const cookie = await readFile(launch.cookiePath);
      const onEvent = (line: string) => current() && this.#onEvent(line);
      const client = await connectControl({ port: launch.controlPort, cookie, clock: this.#options.clock, onEvent });
      if (!current()) {
        client.close();
        return;
      }
      this.#client = client;
      void client.closed.then(() => this.#lost(client, launch));
    } catch {
      if (current()) this.#attachLater(launch);
      return;
    }
    await this.#takeOver(this.#client);
  }

  async #takeOver(client: ControlClient): Promise<void> {
    try {
      await client.command('TAKEOWNERSHIP');
      await client.command(EVENTS);
      if (this.#bridges === undefined) {
        this.#board.report(waitingForUnlock);
        return;
      }
      if (usesBridges(this.#bridges)) await this.#useBridges(client);
      await this.#networkOn(client);
      await this.#askPhase(client);
      this.#failedAttaches = 0;
    } catch {
      // Either the connection is lost, which `closed` tells, or the bridges are not usable, which the status tells.
      this.#options.log.warn('tor-take-over-failed');
    }
  }

  /** Closes every connection, makes a change, and opens the network again. Without a tor there is nothing to do. */
  async #reopen(change: (client: ControlClient) => Promise<void>): Promise<void> {
    const client = this.#client;
    if (!client || this.#bridges === undefined) return;
    // Deliveries that break now are tried again when this is over.
    this.#board.report({
      phase: 'connecting',
      progress: this.#news.progress,
      summary: 'connecting to the Tor network anew',
    });
    await this.#networkOff(client);
    await change(client);
    await this.#networkOn(client);
    await this.#askPhase(client);
  }

  /**
   * An answer that an event has overtaken, maybe in the same packet, is old: it would set a finished bootstrap back for
   * ever.
   */
  async #askPhase(client: ControlClient): Promise<void> {
    const before = this.#news;
    const phase = await client.command('GETINFO status/bootstrap-phase');
    if (client !== this.#client || this.#news !== before) return;
    this.#onEvent(phase.lines[0]?.text.replace('status/bootstrap-phase=', 'STATUS_CLIENT ') ?? '');
  }

  /** Networking must be off. */
  #useBridges(client: ControlClient): Promise<void> {
    const refused = (status: TorStatus) => client === this.#client && this.#board.report(status);
    return tellBridges(client, { choice: this.#bridges, kit: kitOf(this.#launch), refused });
  }

  async #networkOff(client: ControlClient): Promise<void> {
    this.#proxy = undefined;
    await client.command('SETCONF DisableNetwork=1');
  }

  /** Every time the SOCKS port is another one, and tor has forgotten the keys it was told. */
  async #networkOn(client: ControlClient): Promise<void> {
    await client.command('SETCONF DisableNetwork=0');
    if (client === this.#client) this.#authorisations.attach((line) => client.command(line));
    const reply = await client.command('GETINFO net/listeners/socks');
    if (client === this.#client) this.#proxy = parseSocksListener(reply.lines[0]?.text ?? '');
  }

  #onEvent(line: string): void {
    const client = this.#client;
    if (!client) return;
    this.#publisher.onEvent(line);
    this.#authorisations.onEvent(line);
    const news = withStatusLine(this.#news, {
      line,
      bridges: this.#bridges !== undefined && usesBridges(this.#bridges),
    });
    if (news === this.#news) return;
    this.#news = news;
    this.#board.report(statusOf(news));
    if (news.progress === 100 && !this.#published) this.#cameOnline(client);
  }

  #cameOnline(client: ControlClient): void {
    this.#published = true;
    this.#options.log.info('tor-online');
    this.#publisher.attach((line) => client.command(line));
    this.#selfCheck.start();
  }

  #lost(client: ControlClient, launch: Running): void {
    if (client !== this.#client) return;
    this.#options.log.warn('tor-control-lost');
    this.#detach();
    this.#board.report({ phase: 'restarting', progress: 0, summary: 'Tor ended and is being started again' });
    this.#attachLater(launch);
  }

  /**
   * The supervisor will tell of a new tor; until then the old one may still be there and only the connection broken.
   */
  #attachLater(launch: Running): void {
    const delay = REATTACH_MS[Math.min(this.#failedAttaches, REATTACH_MS.length - 1)] ?? 0;
    this.#failedAttaches += 1;
    this.#cancelAttach = this.#options.clock.setTimer(delay, () => {
      if (this.#launch === launch && !this.#closed) void this.#attach(launch);
    });
  }

  #detach(): void {
    this.#cancelAttach();
    this.#selfCheck.stop();
    const client = this.#client;
    this.#client = undefined;
    this.#news = noNews;
    this.#proxy = undefined;
    this.#published = false;
    this.#publisher.detach();
    this.#authorisations.detach();
    client?.close();
  }

  async #unreachable(): Promise<void> {
    this.#options.log.warn('onions-unreachable');
    await this.networkChanged().catch(() => undefined);
  }
}
