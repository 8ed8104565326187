import { expect } from 'playwright/test';
import { patienceMs } from '../process/patience';
import { waitFor } from '../process/wait-for';
import { BusPeer } from './bus-peer';
import type { BusValue } from './bus-values';
import { number, text, texts, variant } from './bus-values';

const watcher = 'org.kde.StatusNotifierWatcher';
const item = { path: '/StatusNotifierItem', interface: 'org.kde.StatusNotifierItem' } as const;
const menu = { interface: 'com.canonical.dbusmenu' } as const;
/** What stands before each child in the layout of a menu: its signature, with its length and its end. */
const childSignature = '\u000a(ia{sv}av)\0';

/** A desktop's panel that shows icons in a tray (StatusNotifierItem), played on a private bus. */
export class Panel {
  readonly #peer: BusPeer;
  readonly #icons: string[];
  readonly #changed: Set<() => void>;

  private constructor(peer: BusPeer, icons: string[], changed: Set<() => void>) {
    this.#peer = peer;
    this.#icons = icons;
    this.#changed = changed;
  }

  /** A panel appears on the bus at this socket. */
  static async appear(path: string): Promise<Panel> {
    const icons: string[] = [];
    const changed = new Set<() => void>();
    const peer = await BusPeer.join(path, [watcher], ({ member, sender, body }) => {
      if (member === 'RegisterStatusNotifierItem') icons.push(sender);
      for (const listener of [...changed]) listener();
      return member === 'Get' ? [variant(propertyOf(body))] : [];
    });
    return new Panel(peer, icons, changed);
  }

  /** Resolves when somebody shows an icon. */
  icon(): Promise<string> {
    return waitFor(() => this.#icons.at(-1), {
      what: 'an icon in the tray',
      changed: (listener) => {
        this.#changed.add(listener);
        return () => void this.#changed.delete(listener);
      },
    });
  }

  /** What the icon says when it is pointed at. */
  async tip(): Promise<string> {
    const address = { ...item, destination: await this.icon(), interface: 'org.freedesktop.DBus.Properties' };
    const answer = await this.#peer.call({ ...address, member: 'Get' }, [text(item.interface), text('ToolTip')]);
    return answer?.toString('utf8') ?? '';
  }

  /** A person clicks the icon. */
  async click(): Promise<void> {
    await this.#peer.call({ ...item, destination: await this.icon(), member: 'Activate' }, [number(0), number(0)]);
  }

  /** A person chooses a line of the icon's menu, as soon as it is there: a menu is taken away to be made anew. */
  async choose(label: string): Promise<void> {
    let id = 0;
    await expect
      .poll(
        async () => {
          const lines = await this.#lines();
          [id = 0] = [...lines].find(([, line]) => line.includes(label)) ?? [];
          return id === 0 ? [...lines.values()].join(' ') : label;
        },
        { timeout: patienceMs },
      )
      .toBe(label);
    const clicked = [number(id), text('clicked'), variant(number(0)), { type: 'u', value: 0 }] as const;
    await this.#menu('Event', clicked);
  }

  /** The lines of the icon's menu by their numbers, each with more around it than its label. */
  async #lines(): Promise<ReadonlyMap<number, string>> {
    const layout = (await this.#menu('GetLayout', [number(0), number(-1), texts([])])) ?? Buffer.alloc(0);
    const lines = new Map<number, string>();
    for (const id of childrenIn(layout)) {
      const answer = await this.#menu('GetProperty', [number(id), text('label')]);
      lines.set(id, answer?.toString('utf8') ?? '');
    }
    return lines;
  }

  /** The panel ends, as it does when it is started anew. */
  vanish(): void {
    this.#peer.leave();
  }

  async #menu(member: string, values: readonly BusValue[]): Promise<Buffer | undefined> {
    const properties = { ...item, destination: await this.icon(), interface: 'org.freedesktop.DBus.Properties' };
    const answer = await this.#peer.call({ ...properties, member: 'Get' }, [text(item.interface), text('Menu')]);
    const path = /\/[\w/]+/u.exec(answer?.toString('latin1') ?? '')?.[0] ?? '/';
    return this.#peer.call({ ...menu, path, destination: properties.destination, member }, values);
  }
}

/** The numbers of the lines in a menu's layout: each child is a structure, so at a multiple of eight octets. */
function childrenIn(layout: Buffer): number[] {
  const ids: number[] = [];
  for (
    let at = layout.indexOf(childSignature, 0, 'latin1');
    at >= 0;
    at = layout.indexOf(childSignature, at + 1, 'latin1')
  )
    ids.push(layout.readInt32LE(Math.ceil((at + childSignature.length) / 8) * 8));
  return ids;
}

function propertyOf(body: Buffer): BusValue {
  const asked = body.toString('latin1');
  if (asked.includes('IsStatusNotifierHostRegistered')) return { type: 'b', value: true };
  return asked.includes('ProtocolVersion') ? number(0) : texts([]);
}
