import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OnionHost } from '../../../shared/ids';
import type { TorKit } from '../../../shared/tor-about';
import type { TorStatus } from '../../../shared/tor-status';
import { systemRandom } from '../runtime/system-random';
import { SettableClock } from '../testing/settable-clock';
import { onionFromSeed } from './onion-key';
import { ScriptedControlPort } from './testing/scripted-control-port';
import { createTorSession, type TorSession } from './tor-session';

const SEED = new Uint8Array(32).fill(7);
const NAME = onionFromSeed(SEED).onion.slice(0, 56);
const BRIDGE = 'obfs4 192.0.2.1:443 0123456789012345678901234567890123456789 cert=abc iat-mode=0';
const DONE = 'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"';

let tor: ScriptedControlPort;
let clock: SettableClock;
let session: TorSession;
let statuses: TorStatus[];
let logged: string[];

/** Answers as a tor does that has not begun its bootstrap. */
function answer(command: string): string {
  if (command === 'GETINFO status/bootstrap-phase') {
    return '250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=0 TAG=starting SUMMARY="Starting"\r\n250 OK\r\n';
  }
  if (command === 'GETINFO net/listeners/socks')
    return '250-net/listeners/socks="127.0.0.1:9050" "unix:/x"\r\n250 OK\r\n';
  if (command.startsWith('ADD_ONION')) return `250-ServiceID=${NAME}\r\n250 OK\r\n`;
  return '250 OK\r\n';
}

/** Answers as a tor does whose bootstrap is done. */
function bootstrapped(command: string): string {
  return command === 'GETINFO status/bootstrap-phase'
    ? `250 status/bootstrap-phase=${DONE.replace('STATUS_CLIENT ', '')}\r\n`
    : answer(command);
}

beforeEach(async () => {
  tor = await ScriptedControlPort.start();
  tor.script = answer;
  clock = new SettableClock();
  statuses = [];
  logged = [];
  const note = (event: string, fields: unknown = {}) => void logged.push(event + JSON.stringify(fields));
  session = createTorSession({ clock, random: systemRandom(), log: { info: note, warn: note, error: note } });
  session.onStatus((status) => statuses.push(status));
  await session.setBridges([]);
});
afterEach(async () => {
  await session.close();
  tor.stop();
});

function launch(port = tor): void {
  session.torChanged({ state: 'running', controlPort: port.port, cookiePath: port.cookiePath });
}

async function attached(port = tor): Promise<void> {
  await vi.waitFor(() => expect(port.commands).toContain('GETINFO status/bootstrap-phase'));
}

async function online(port = tor): Promise<void> {
  await attached(port);
  port.send(`650 ${DONE}\r\n`);
  await vi.waitFor(() => expect(session.status().phase).toBe('online'));
}

test('takes a tor over in the right order', async () => {
  launch();
  await attached();
  expect(tor.commands).toEqual([
    'TAKEOWNERSHIP',
    'SETEVENTS STATUS_CLIENT STATUS_GENERAL NETWORK_LIVENESS HS_DESC SIGNAL',
    'SETCONF DisableNetwork=0',
    'GETINFO net/listeners/socks',
    'GETINFO status/bootstrap-phase',
  ]);
});

test('offers the proxy and publishes when the bootstrap is done, not before', async () => {
  session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }] });
  launch();
  await attached();
  expect(session.socksProxy()).toBeUndefined();
  await online();
  // Other users of the machine reach the port as well.
  expect(session.socksProxy()).toEqual({ path: '/x' });
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  expect(statuses.map((status) => status.phase)).toEqual(['starting', 'connecting', 'online']);
});

test('an answer about the bootstrap that an event has overtaken does not set it back', async () => {
  const phase =
    '250-status/bootstrap-phase=NOTICE BOOTSTRAP PROGRESS=95 TAG=circuit_create SUMMARY="Establishing"\r\n250 OK\r\n';
  tor.script = (command) =>
    command === 'GETINFO status/bootstrap-phase' ? `${phase}650 ${DONE}\r\n` : answer(command);
  launch();
  await vi.waitFor(() => expect(session.status().phase).toBe('online'));
  await vi.waitFor(() => expect(logged).toContain('tor-online{}'));
  await session.setBridges([BRIDGE]);
  expect(session.status().phase).toBe('online');
  expect(statuses.at(-1)?.phase).toBe('online');
});

test('after the control connection is lost everything is offline, and made anew in the next tor', async () => {
  const onion = session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }] });
  launch();
  await online();
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  tor.send(`650 HS_DESC UPLOADED ${NAME} UNKNOWN $A\r\n`.repeat(3));
  await vi.waitFor(() => expect(onion.state()).toBe('online'));
  tor.cut();
  await vi.waitFor(() => expect(session.status().phase).toBe('restarting'));
  expect([onion.state(), session.socksProxy()]).toEqual(['offline', undefined]);
  const next = await ScriptedControlPort.start();
  next.script = answer;
  launch(next);
  await online(next);
  await vi.waitFor(() => expect(next.commands.at(-1)).toMatch(/^ADD_ONION /));
  await session.close();
  next.stop();
});

test('attaches again by itself when only the connection broke', async () => {
  launch();
  await online();
  tor.cut();
  await vi.waitFor(() => expect(session.status().phase).toBe('restarting'));
  tor.commands.length = 0;
  clock.advance(250);
  await online();
});

test('waits for a cookie that is not there yet', async () => {
  session.torChanged({ state: 'running', controlPort: tor.port, cookiePath: `${tor.cookiePath}-later` });
  await vi.waitFor(() => expect(clock.untilNextTimer()).toBe(250));
  launch();
  await online();
});

test('dials nothing while tor is not online', async () => {
  launch();
  await attached();
  const host = onionFromSeed(SEED).onion;
  const dialled = await session.dial({ host, port: 25, isolation: { user: 'u', password: 'p' }, timeoutMs: 1_000 });
  expect(dialled).toEqual({ outcome: 'failed', failure: 'tor-offline' });
});

test('uses bridges before the network is opened', async () => {
  await session.setBridges([BRIDGE]);
  launch();
  await attached();
  const bridges = tor.commands.indexOf(`SETCONF UseBridges=1 Bridge="${BRIDGE}"`);
  expect(bridges).toBeGreaterThan(0);
  expect(bridges).toBeLessThan(tor.commands.indexOf('SETCONF DisableNetwork=0'));
});

test('changes bridges with the network closed, and goes back without them', async () => {
  launch();
  await online();
  tor.commands.length = 0;
  await session.setBridges([BRIDGE]);
  await session.setBridges([]);
  expect(tor.commands.filter((command) => !command.startsWith('GETINFO'))).toEqual([
    'SETCONF DisableNetwork=1',
    `SETCONF UseBridges=1 Bridge="${BRIDGE}"`,
    'SETCONF DisableNetwork=0',
    'SETCONF DisableNetwork=1',
    'RESETCONF UseBridges Bridge',
    'SETCONF DisableNetwork=0',
  ]);
});

test('stays off the network when tor cannot read the bridges', async () => {
  tor.script = (command) => (command.includes('UseBridges=1') ? '513 Unacceptable option value\r\n' : answer(command));
  await session.setBridges(['nonsense']);
  launch();
  await vi.waitFor(() => expect(session.status()).toMatchObject({ phase: 'failed', warning: 'bridge-unreachable' }));
  expect(tor.commands).not.toContain('SETCONF DisableNetwork=0');
  await expect(session.setBridges(['other nonsense'])).rejects.toMatchObject({ code: 'invalid-call' });
  expect(tor.commands).not.toContain('SETCONF DisableNetwork=0');
  await session.setBridges([]);
  expect(tor.commands).toContain('SETCONF DisableNetwork=0');
});

test('goes back to the bridges before when tor cannot read the new ones', async () => {
  tor.script = (command) => (command.includes('nonsense') ? '513 Unacceptable option value\r\n' : answer(command));
  await session.setBridges([BRIDGE]);
  launch();
  await online();
  tor.commands.length = 0;
  tor.script = (command) =>
    command.includes('nonsense') ? '513 Unacceptable option value\r\n' : bootstrapped(command);
  await expect(session.setBridges(['nonsense'])).rejects.toMatchObject({ code: 'invalid-call' });
  expect(tor.commands.filter((command) => !command.startsWith('GETINFO'))).toEqual([
    'SETCONF DisableNetwork=1',
    'SETCONF UseBridges=1 Bridge="nonsense"',
    'SETCONF DisableNetwork=1',
    `SETCONF UseBridges=1 Bridge="${BRIDGE}"`,
    'SETCONF DisableNetwork=0',
  ]);
  expect(session.status().phase).toBe('online');
});

const KIT: TorKit = {
  about: {
    version: '0.4.9.13',
    origin: 'bundle',
    bundle: '15.0.24',
    checked: 'here',
    transports: [
      { transport: 'obfs4', program: true, builtIn: 1 },
      { transport: 'webtunnel', program: true, builtIn: 0 },
      { transport: 'snowflake', program: false, builtIn: 1 },
    ],
  },
  bridges: { obfs4: [BRIDGE], snowflake: ['snowflake 192.0.2.3:80'] },
};

function launchWith(kit: TorKit): void {
  session.torChanged({ state: 'running', controlPort: tor.port, cookiePath: tor.cookiePath, kit });
}

test('uses the bridges that came along with tor, in place of own lines', async () => {
  await session.setBridges(['192.0.2.9:443'], 'obfs4');
  expect(session.about()).toBeUndefined();
  launchWith(KIT);
  expect(session.about()).toEqual(KIT.about);
  await attached();
  const bridges = tor.commands.indexOf(`SETCONF UseBridges=1 Bridge="${BRIDGE}"`);
  expect(bridges).toBeGreaterThan(0);
  expect(bridges).toBeLessThan(tor.commands.indexOf('SETCONF DisableNetwork=0'));
});

test.each([
  { lines: [], builtIn: 'snowflake', why: /no snowflake.*Install Posthorn again/ },
  { lines: [], builtIn: 'webtunnel', why: /bridges\.torproject\.org/ },
  { lines: ['snowflake 192.0.2.3:80'], builtIn: 'none', why: /no snowflake/ },
] as const)('a choice this tor cannot go by closes nothing: %j', async ({ lines, builtIn, why }) => {
  launchWith(KIT);
  await online();
  tor.commands.length = 0;
  await expect(session.setBridges(lines, builtIn)).rejects.toThrow(why);
  expect(tor.commands).toEqual([]);
  expect(session.status().phase).toBe('online');
});

test('stays off the network when the chosen bridges have no program in this tor', async () => {
  await session.setBridges([], 'snowflake');
  launchWith(KIT);
  await vi.waitFor(() => expect(session.status()).toMatchObject({ phase: 'failed', warning: 'transport-missing' }));
  expect(tor.commands.join()).not.toContain('SETCONF');
  await session.setBridges([], 'obfs4');
  expect(tor.commands).toContain('SETCONF DisableNetwork=0');
});

test('stays off the network until the bridges are known', async () => {
  const locked = createTorSession({
    clock,
    random: systemRandom(),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  locked.torChanged({ state: 'running', controlPort: tor.port, cookiePath: tor.cookiePath });
  await vi.waitFor(() => expect(locked.status().summary).toBe('Tor waits until the profile is unlocked'));
  await locked.networkChanged();
  expect(tor.commands).toEqual([
    'TAKEOWNERSHIP',
    'SETEVENTS STATUS_CLIENT STATUS_GENERAL NETWORK_LIVENESS HS_DESC SIGNAL',
  ]);
  await locked.setBridges([BRIDGE]);
  const bridges = tor.commands.indexOf(`SETCONF UseBridges=1 Bridge="${BRIDGE}"`);
  expect(bridges).toBeGreaterThan(0);
  expect(bridges).toBeLessThan(tor.commands.indexOf('SETCONF DisableNetwork=0'));
  await locked.close();
});

test('says what the supervisor tells', () => {
  session.torChanged({ state: 'starting' });
  session.torChanged({ state: 'restarting', retryAt: 1_234 });
  session.torChanged({ state: 'failed', reason: 'binary-missing' });
  session.torChanged({ state: 'stopped' });
  expect(statuses).toMatchObject([
    { phase: 'starting' },
    { phase: 'restarting', retryAt: 1_234 },
    { phase: 'failed', warning: 'binary-missing' },
    { phase: 'off' },
  ]);
});

test('after a change of network everything is opened and published anew', async () => {
  session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }] });
  launch();
  await online();
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  tor.commands.length = 0;
  tor.script = bootstrapped;
  statuses.length = 0;
  await session.networkChanged();
  // Away and back: mail that broke meanwhile is tried again at once.
  expect(statuses.map(({ phase }) => phase)).toEqual(['connecting', 'online']);
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  expect(tor.commands.slice(0, -1)).toEqual([
    'SETCONF DisableNetwork=1',
    'SETCONF DisableNetwork=0',
    'GETINFO net/listeners/socks',
    'GETINFO status/bootstrap-phase',
    `DEL_ONION ${NAME}`,
  ]);
});

test('a service that is not reachable any more is made anew after two failures', async () => {
  session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }] });
  launch();
  await online();
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  tor.send(`650 HS_DESC UPLOADED ${NAME} UNKNOWN $A\r\n`.repeat(3));
  await vi.waitFor(() => expect(clock.untilNextTimer()).toBe(15 * 60_000));
  tor.commands.length = 0;
  // Nothing listens on the proxy's port, so both tries fail.
  tor.script = (command) =>
    command === 'GETINFO net/listeners/socks' ? '250 net/listeners/socks="127.0.0.1:1"\r\n' : bootstrapped(command);
  await session.networkChanged();
  tor.commands.length = 0;
  await vi.waitFor(() => {
    tor.send(`650 HS_DESC UPLOADED ${NAME} UNKNOWN $A\r\n`.repeat(3));
    clock.advance(2_000);
    expect(clock.untilNextTimer()).toBeGreaterThan(120_000);
  });
  clock.advance(15 * 60_000);
  await vi.waitFor(() => expect(tor.commands).toContain(`DEL_ONION ${NAME}`));
  expect(logged).toContain('onions-unreachable{}');
});

test('nothing that names anyone is logged', async () => {
  session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }] });
  launch();
  await online();
  tor.cut();
  await vi.waitFor(() => expect(session.status().phase).toBe('restarting'));
  await session.dial({
    host: `${NAME}.onion` as OnionHost,
    port: 25,
    isolation: { user: 'u', password: 'p' },
    timeoutMs: 1_000,
  });
  expect(logged).toEqual(['tor-online{}', 'tor-control-lost{}']);
});

test('lets go of tor when closed', async () => {
  launch();
  await online();
  await session.close();
  await vi.waitFor(() => expect(tor.connections).toBe(0));
  expect(session.status().phase).toBe('off');
  launch();
  expect(session.status().phase).toBe('off');
});

test('opens a service of its own that admits only clients for as long as it checks it', async () => {
  const onion = session.publish({ seed: SEED, ports: [{ virtualPort: 25, target: 2525 }], clients: [] });
  tor.script = (command) =>
    command === 'GETINFO net/listeners/socks' ? '250 net/listeners/socks="127.0.0.1:1"\r\n' : answer(command);
  launch();
  await online();
  await vi.waitFor(() => expect(tor.commands.at(-1)).toMatch(/^ADD_ONION /));
  tor.send(`650 HS_DESC UPLOADED ${NAME} UNKNOWN $A\r\n`.repeat(3));
  await vi.waitFor(() => expect(onion.state()).toBe('online'));
  clock.advance(15 * 60_000);
  await vi.waitFor(() => expect(tor.commands).toContain(`ONION_CLIENT_AUTH_REMOVE ${NAME}`));
  expect(tor.commands.some((command) => command.startsWith(`ONION_CLIENT_AUTH_ADD ${NAME} x25519:`))).toBe(true);
});

test('tells tor of the keys to other people’s services before anything is dialled, and whenever it has forgotten them', async () => {
  const host = `${NAME}.onion` as OnionHost;
  session.authorise({ host, authKey: new Uint8Array(32).fill(3) });
  launch();
  await attached();
  const told = tor.commands.findIndex((command) => command.startsWith(`ONION_CLIENT_AUTH_ADD ${NAME} `));
  expect(told).toBeGreaterThan(tor.commands.indexOf('SETCONF DisableNetwork=0'));
  expect(told).toBeLessThan(tor.commands.indexOf('GETINFO net/listeners/socks'));
  const times = () => tor.commands.filter((command) => command.startsWith('ONION_CLIENT_AUTH_ADD')).length;
  tor.send('650 SIGNAL NEWNYM\r\n');
  await vi.waitFor(() => expect(times()).toBe(2));
  await session.networkChanged();
  expect(times()).toBe(3);
});
