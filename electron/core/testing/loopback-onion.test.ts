import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OnionHost } from '../../../shared/ids';
import { present } from '../../../shared/present';
import type { DialOutcome } from '../ports/onion';
import { clientAuthPublicKey } from '../onion/client-auth';
import { onionFromSeed } from '../onion/onion-key';
import { socks5Connect } from '../onion/socks5-connect';
import { SettableClock } from './settable-clock';
import { LoopbackNetwork, LoopbackOnion } from './loopback-onion';

const seed = new Uint8Array(32).fill(7);
const host = onionFromSeed(seed).onion;
const secrets = [1, 2, 3].map((octet) => new Uint8Array(32).fill(octet)) as [Uint8Array, Uint8Array, Uint8Array];
const isolation = { user: 'u', password: 'p' };

let server: Server;
let network: LoopbackNetwork;
let bob: LoopbackOnion;
let alice: LoopbackOnion;

beforeEach(async () => {
  server = createServer((socket) => socket.on('error', () => socket.destroy()).end('220 bob\r\n')).listen(
    0,
    '127.0.0.1',
  );
  await once(server, 'listening');
  network = await LoopbackNetwork.start();
  [alice, bob] = [new LoopbackOnion(network), new LoopbackOnion(network)];
});
afterEach(async () => {
  server.close();
  await Promise.all([alice.close(), bob.close()]);
  await network.stop();
});

const publish = (clients?: readonly string[]) =>
  bob.publish({
    seed,
    ports: [{ virtualPort: 25, target: (server.address() as AddressInfo).port }],
    ...present({ clients }),
  });

function short(outcome: DialOutcome): string {
  if (outcome.outcome === 'failed') return outcome.failure;
  outcome.socket.destroy();
  return 'connected';
}

/** What a dial and what a stream through the SOCKS port come to; they must not differ. */
async function reach(onion: OnionHost = host): Promise<string> {
  const dialled = short(await alice.dial({ host: onion, port: 25 }));
  const proxy = alice.socksProxy();
  if (!proxy) return dialled;
  const outcome = await socks5Connect({
    proxy,
    host: onion,
    port: 25,
    isolation,
    timeoutMs: 1_000,
    clock: new SettableClock(),
    check: () => 'ok',
  });
  expect(short(outcome)).toBe(dialled);
  return dialled;
}

test('what is published for everybody is reached by everybody, and what is not published is offline', async () => {
  const onion = publish();
  expect(await reach()).toBe('connected');
  bob.setOnline(false);
  expect([onion.state(), await reach()]).toEqual(['offline', 'offline']);
  bob.setOnline(true);
  expect([onion.state(), await reach()]).toEqual(['online', 'connected']);
  await onion.withdraw();
  expect(await reach()).toBe('offline');
});

test('what is published for some needs a key that fits, for that onion, in that core', async () => {
  publish([clientAuthPublicKey(secrets[0]), clientAuthPublicKey(secrets[1])]);
  expect(await reach()).toBe('needs-auth');
  alice.authorise({ host, authKey: secrets[2] });
  expect(await reach()).toBe('needs-auth');
  alice.authorise({ host, authKey: secrets[1] });
  expect(await reach()).toBe('connected');
  expect(short(await bob.dial({ host, port: 25 }))).toBe('needs-auth');
  alice.authorise({ host, authKey: undefined });
  expect(await reach()).toBe('needs-auth');
});

test('other clients count at once, also while away, and an empty list admits no client', async () => {
  const onion = publish([clientAuthPublicKey(secrets[0])]);
  alice.authorise({ host, authKey: secrets[0] });
  expect(await reach()).toBe('connected');
  await onion.setClients([clientAuthPublicKey(secrets[1])]);
  expect(await reach()).toBe('needs-auth');
  bob.setOnline(false);
  await onion.setClients([clientAuthPublicKey(secrets[0])]);
  expect(await reach()).toBe('offline');
  bob.setOnline(true);
  expect(await reach()).toBe('connected');
  await onion.setClients([]);
  expect(await reach()).toBe('needs-auth');
  await expect(onion.setClients(['no key'])).rejects.toThrow(RangeError);
});
