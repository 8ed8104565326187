import { SessionBus, theBus, busPath } from './session-bus';
import type { BusMessage } from './bus-message';
import { readStrings } from './bus-message';

/** Who shows icons in the desktop's panel (the StatusNotifierItem specification). */
const watcherName = 'org.kde.StatusNotifierWatcher';
const watcher = { destination: watcherName, path: '/StatusNotifierWatcher' } as const;
const interest = `type='signal',interface='org.freedesktop.DBus',member='NameOwnerChanged',arg0='${watcherName}'`;
const interestInHosts = `type='signal',interface='${watcherName}'`;
const ofHosts = ['StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'];

/**
 * Whether the desktop has a tray. Linux desktops may have none, as GNOME without its extension, or get one later: after
 * the login, or when the panel is started anew. Electron would put an icon where nobody sees it, and says nothing.
 */
export class TrayWatch {
  readonly #changed: (present: boolean) => void;
  #bus: SessionBus | undefined;
  #present = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(changed: (present: boolean) => void) {
    this.#changed = changed;
  }

  get present(): boolean {
    return this.#present;
  }

  /** Looks, and goes on looking. On systems other than Linux there always is a tray. */
  async start({ platform, env }: Pick<NodeJS.Process, 'platform' | 'env'>): Promise<void> {
    const path = busPath(env);
    if (platform !== 'linux') this.#set(true);
    else if (path !== undefined) await this.#join(path);
  }

  stop(): void {
    this.#bus?.close();
  }

  async #join(path: string): Promise<void> {
    try {
      this.#bus = await SessionBus.join(path, {
        onSignal: (signal) => this.#hear(signal),
        onClosed: () => this.#set(false),
      });
      for (const rule of [interest, interestInHosts])
        await this.#bus.call({ ...theBus, member: 'AddMatch', body: [rule] });
      await this.#look();
    } catch {
      // Without a bus there is no tray, and the settings say so.
      this.#set(false);
    }
  }

  #hear({ member, body }: BusMessage): void {
    if (member === 'NameOwnerChanged' ? readStrings(body, 1)[0] === watcherName : ofHosts.includes(member))
      void this.#look();
  }

  /** One look after the other: an older answer must not come last. */
  #look(): Promise<void> {
    this.#turn = this.#turn.then(async () => this.#set(await this.#ask()));
    return this.#turn;
  }

  /** A watcher without a host takes icons and shows them nowhere. */
  async #ask(): Promise<boolean> {
    try {
      const body = await this.#bus?.call({
        ...watcher,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        body: [watcherName, 'IsStatusNotifierHostRegistered'],
      });
      // A variant: the signature «b» with its length and its end, and the value as four octets at the next fourth.
      return body !== undefined && body.toString('latin1', 0, 3) === '\u0001b\0' && body.readUInt32LE(4) === 1;
    } catch {
      return false;
    }
  }

  #set(present: boolean): void {
    if (present === this.#present) return;
    this.#present = present;
    this.#changed(present);
  }
}
