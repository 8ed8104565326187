import { beforeEach, describe, expect, test } from 'vitest';
import { present } from '../../../shared/present';
import { SettableClock } from '../testing/settable-clock';
import { clientAuthPublicKey } from './client-auth';
import type { ControlReply } from './control-protocol';
import { onionFromSeed } from './onion-key';
import { OnionPublisher } from './onion-publisher';
import { MAX_CLIENTS_PER_ONION } from '../domain/custody-limits';

const nameOf = (number: number) => onionFromSeed(seedOf(number)).onion.slice(0, 56);
const seedOf = (number: number) => new Uint8Array(32).fill(number);

/** Lets the answers to commands arrive. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** Stands for a tor: records what it is told and answers 250 unless told otherwise. */
class Tor {
  readonly commands: string[] = [];
  status = 250;
  readonly command = (line: string): Promise<ControlReply> => {
    this.commands.push(line);
    return Promise.resolve({ status: this.status, lines: [{ text: 'OK' }] });
  };

  count(verb: string): number {
    return this.commands.filter((line) => line.startsWith(verb)).length;
  }
}

let clock: SettableClock;
let tor: Tor;
let publisher: OnionPublisher;
const publish = (number: number, delayMs?: () => number) =>
  publisher.publish({
    seed: seedOf(number),
    ports: [{ virtualPort: 25, target: 2525 }],
    ...present({ delayMs }),
  });
const uploaded = (number: number, times = 1) => {
  for (let time = 0; time < times; time += 1)
    publisher.onEvent(`HS_DESC UPLOADED ${nameOf(number)} UNKNOWN $AA~a${time}`);
};

beforeEach(() => {
  clock = new SettableClock();
  tor = new Tor();
  publisher = new OnionPublisher({ clock });
});

describe('one onion', () => {
  test('waits for a tor, is added with its key and is online after three uploads', async () => {
    const onion = publish(1);
    const states: string[] = [];
    onion.onState((state) => states.push(state));
    expect(onion.state()).toBe('offline');
    publisher.attach(tor.command);
    await settle();
    expect(tor.commands).toEqual([
      `ADD_ONION ED25519-V3:${onionFromSeed(seedOf(1)).expandedKeyBase64} Flags=DiscardPK MaxStreams=8 ` +
        'PoWDefensesEnabled=1 PoWQueueRate=10 PoWQueueBurst=100 Port=25,127.0.0.1:2525',
    ]);
    uploaded(1, 2);
    expect(onion.state()).toBe('publishing');
    uploaded(1);
    expect(onion.state()).toBe('online');
    publisher.detach();
    expect(states).toEqual(['publishing', 'online', 'offline']);
  });

  test('is online two seconds after the first upload', async () => {
    publisher.attach(tor.command);
    const onion = publish(1);
    await settle();
    uploaded(1);
    clock.advance(1_999);
    expect(onion.state()).toBe('publishing');
    clock.advance(1);
    expect(onion.state()).toBe('online');
  });

  test('without an upload in 120 s is taken away and tried again, with growing pauses', async () => {
    publisher.attach(tor.command);
    publish(1);
    await settle();
    for (const [round, pause] of [5_000, 15_000, 60_000, 300_000, 300_000].entries()) {
      clock.advance(120_000);
      await settle();
      expect(tor.commands.at(-1)).toBe(`DEL_ONION ${nameOf(1)}`);
      clock.advance(pause - 1);
      expect(tor.count('ADD_ONION')).toBe(round + 1);
      clock.advance(1);
      await settle();
      expect(tor.count('ADD_ONION')).toBe(round + 2);
    }
  });

  test('that tor refuses is tried again and never deleted', async () => {
    tor.status = 550;
    publisher.attach(tor.command);
    const onion = publish(1);
    await settle();
    expect(onion.state()).toBe('publishing');
    tor.status = 250;
    clock.advance(5_000);
    await settle();
    uploaded(1, 3);
    expect(onion.state()).toBe('online');
    expect(tor.count('DEL_ONION')).toBe(0);
  });

  test('waits its own delay after every start of tor, another each time', async () => {
    const waits = [60_000, 20_000];
    let starts = 0;
    const onion = publish(1, () => waits[starts++] ?? 0);
    for (const wait of waits) {
      const another = new Tor();
      publisher.attach(another.command);
      clock.advance(wait - 1);
      expect(another.commands).toEqual([]);
      clock.advance(1);
      await settle();
      expect(another.count('ADD_ONION')).toBe(1);
    }
    expect(onion.state()).toBe('publishing');
  });

  test('lets one client have as many streams as it is published for', async () => {
    const [ports, streamsPerCircuit] = [[{ virtualPort: 143, target: '/run/imap' }], 20];
    publisher.publish({ seed: seedOf(1), ports, streamsPerCircuit });
    publisher.attach(tor.command);
    await settle();
    expect(tor.commands[0]).toMatch(/ MaxStreams=20 .* Port=143,unix:\/run\/imap$/u);
  });

  test('that is withdrawn is deleted, also from the middle of being added, and stays away', async () => {
    publisher.attach(tor.command);
    const onion = publish(1);
    const withdrawn = onion.withdraw();
    await withdrawn;
    await settle();
    expect(tor.commands.at(-1)).toBe(`DEL_ONION ${nameOf(1)}`);
    expect(onion.state()).toBe('offline');
    const next = new Tor();
    publisher.attach(next.command);
    clock.advance(1_000_000);
    await settle();
    expect(next.commands).toEqual([]);
  });

  test('with impossible ports or seed is refused', () => {
    expect(() => publisher.publish({ seed: seedOf(1), ports: [] })).toThrow(RangeError);
    expect(() => publisher.publish({ seed: seedOf(1), ports: [{ virtualPort: 25, target: 70_000 }] })).toThrow(
      RangeError,
    );
    expect(() => publisher.publish({ seed: new Uint8Array(3), ports: [{ virtualPort: 25, target: 25 }] })).toThrow(
      RangeError,
    );
  });
});

describe('many onions', () => {
  test('go up five at a time', async () => {
    const onions = Array.from({ length: 12 }, (_, number) => publish(number));
    publisher.attach(tor.command);
    await settle();
    expect(tor.count('ADD_ONION')).toBe(5);
    uploaded(0, 3);
    await settle();
    expect(tor.count('ADD_ONION')).toBe(6);
    for (let number = 1; number < 12; number += 1) {
      uploaded(number, 3);
      await settle();
    }
    expect(onions.map((onion) => onion.state())).toEqual(onions.map(() => 'online'));
    expect(publisher.online()).toHaveLength(12);
  });

  test('one that does not come up makes room for the next', async () => {
    Array.from({ length: 6 }, (_, number) => publish(number));
    publisher.attach(tor.command);
    await settle();
    clock.advance(120_000);
    await settle();
    expect(tor.commands.some((line) => line.includes(onionFromSeed(seedOf(5)).expandedKeyBase64))).toBe(true);
  });

  test('are all made anew in a new tor', async () => {
    Array.from({ length: 3 }, (_, number) => publish(number));
    publisher.attach(tor.command);
    await settle();
    for (let number = 0; number < 3; number += 1) uploaded(number, 3);
    const next = new Tor();
    publisher.detach();
    publisher.attach(next.command);
    await settle();
    expect(next.count('ADD_ONION')).toBe(3);
    expect(publisher.online()).toEqual([]);
  });

  test('are all made anew on demand', async () => {
    Array.from({ length: 3 }, (_, number) => publish(number));
    publisher.attach(tor.command);
    await settle();
    for (let number = 0; number < 3; number += 1) uploaded(number, 3);
    await publisher.republishAll();
    await settle();
    expect([tor.count('DEL_ONION'), tor.count('ADD_ONION')]).toEqual([3, 6]);
  });
});

describe('an onion for some clients', () => {
  const clientOf = (number: number) => clientAuthPublicKey(new Uint8Array(32).fill(number));
  const publishFor = (clients: readonly string[]) =>
    publisher.publish({ seed: seedOf(1), ports: [{ virtualPort: 25, target: 2525 }], clients });
  /** The clients that the last ADD_ONION admits, without our own key; undefined: everybody. */
  const admitted = (): string[] | undefined => {
    const line = tor.commands.filter((command) => command.startsWith('ADD_ONION')).at(-1) ?? '';
    if (!line.includes('Flags=DiscardPK,V3Auth ')) return undefined;
    const [own] = publisher.online().map(({ authKey }) => authKey && clientAuthPublicKey(authKey));
    return [...line.matchAll(/ClientAuthV3=(\S+)/g)].map((match) => match[1] ?? '').filter((client) => client !== own);
  };

  test('is added with their keys, and with one of our own for the self-check', async () => {
    publisher.attach(tor.command);
    publishFor([clientOf(1), clientOf(2)]);
    await settle();
    uploaded(1, 3);
    expect(admitted()).toEqual([clientOf(1), clientOf(2)]);
    expect(tor.commands[0]?.match(/ClientAuthV3=/g)).toHaveLength(3);
  });

  test('without any client admits no client, not every client', async () => {
    publisher.attach(tor.command);
    publishFor([]);
    await settle();
    uploaded(1, 3);
    expect(admitted()).toEqual([]);
  });

  test('is made anew for others, and not for the same', async () => {
    publisher.attach(tor.command);
    const onion = publishFor([clientOf(1), clientOf(2)]);
    await settle();
    uploaded(1, 3);
    await onion.setClients([clientOf(2), clientOf(1)]);
    expect([tor.count('DEL_ONION'), onion.state()]).toEqual([0, 'online']);
    await onion.setClients([clientOf(2), clientOf(3)]);
    expect(tor.commands.at(-2)).toBe(`DEL_ONION ${nameOf(1)}`);
    expect(onion.state()).toBe('publishing');
    await settle();
    uploaded(1, 3);
    expect([admitted(), onion.state()]).toEqual([[clientOf(2), clientOf(3)], 'online']);
  });

  test('changed in the middle of being added is renewed after that, once', async () => {
    publisher.attach(tor.command);
    const onion = publishFor([clientOf(1)]);
    const changes = [onion.setClients([clientOf(2)]), onion.setClients([clientOf(3)])];
    await Promise.all(changes);
    await settle();
    expect(tor.commands.map((line) => line.split(' ')[0])).toEqual(['ADD_ONION', 'DEL_ONION', 'ADD_ONION']);
    uploaded(1, 3);
    expect(admitted()).toEqual([clientOf(3)]);
  });

  test('changed while no tor is there is published so in the next', async () => {
    const onion = publishFor([clientOf(1)]);
    await onion.setClients([clientOf(2)]);
    publisher.attach(tor.command);
    await settle();
    uploaded(1, 3);
    expect(admitted()).toEqual([clientOf(2)]);
  });

  test('refuses too many, what is no key, and clients of what is for everybody', async () => {
    const many = Array.from({ length: MAX_CLIENTS_PER_ONION + 1 }, () => clientOf(1));
    expect(() => publishFor(many)).toThrow(RangeError);
    expect(() => publishFor(['nobody'])).toThrow(RangeError);
    await expect(publish(2).setClients([clientOf(1)])).rejects.toThrow(RangeError);
  });
});

describe('proof of work', () => {
  const words = (line: string | undefined) => line?.includes('PoWDefensesEnabled=1');

  test('is left out for a tor that does not know it, and asked of the next again', async () => {
    const old = new Tor();
    const command = (line: string) => {
      old.status = words(line) ? 512 : 250;
      return old.command(line);
    };
    publisher.attach(command);
    publish(1);
    await settle();
    publish(2);
    await settle();
    expect(old.commands.map(words)).toEqual([true, false, false]);
    publisher.attach(tor.command);
    await settle();
    expect(tor.commands.map(words)).toEqual([true, true]);
  });

  test('is not given up for a refusal that has another cause', async () => {
    publisher.attach(tor.command);
    tor.status = 512;
    publish(1);
    await settle();
    tor.status = 250;
    clock.advance(5_000);
    await settle();
    expect(tor.commands.map(words)).toEqual([true, false, true]);
  });
});
