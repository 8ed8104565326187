import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Identity } from '../../../../../shared/identity';
import type { Device, NewDevice } from '../../../../../shared/programs/device';
import { decodeBase32 } from '../../../domain/base32';
import type { LocalDoor } from '../../../ports/local-server';
import type { DialFailure, Onion } from '../../../ports/onion';
import { LoopbackNetwork } from '../../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, type TestCore } from '../../../testing/make-test-core';
import { SettableClock } from '../../../testing/settable-clock';

const IMAP = 143;
const SUBMISSION = 587;

let network: LoopbackNetwork;
let clock: SettableClock;
let core: TestCore;
let alice: Identity;
let work: Identity;
const sockets: Socket[] = [];

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  core = await makeTestCore(network, { clock });
  [alice, work] = [await makeIdentity(core, 'alice'), await makeIdentity(core, 'work')];
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});
afterEach(async () => {
  vi.restoreAllMocks();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { id } of await core.call('devices.view', {})) await core.call('devices.remove', { programId: id });
});

function add(name: string, identities: readonly Identity[] = [alice]): Promise<NewDevice> {
  const identityIds = identities.map(({ id }) => id);
  return core.call('devices.add', { name, kind: 'phone', identityIds, form: 'unsealed' });
}

/** What a device gets that asks its tor, with the key that it was given. */
function dial({ device, clientKey }: NewDevice, port: number): ReturnType<LoopbackNetwork['dial']> {
  return network.dial(device.onion, port, decodeBase32(clientKey));
}

async function failure(made: NewDevice, port = IMAP): Promise<DialFailure | undefined> {
  const dialled = await dial(made, port);
  return dialled.outcome === 'failed' ? dialled.failure : undefined;
}

/** A connection that says a line and reads until the first that fits. */
class Visit {
  readonly #lines: AsyncIterator<string, undefined>;
  readonly closed: Promise<unknown>;

  constructor(socket: Socket) {
    this.socket = socket;
    sockets.push(socket);
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
  }

  readonly socket: Socket;

  static async to(made: NewDevice, port = IMAP): Promise<Visit> {
    const dialled = await dial(made, port);
    if (dialled.outcome === 'failed') throw new Error(dialled.failure);
    const visit = new Visit(dialled.socket);
    await visit.until(/^(\* OK|220 )/u);
    return visit;
  }

  async until(fits: RegExp): Promise<string> {
    for (;;) {
      const next = await this.#lines.next();
      if (next.done === true) throw new Error('The connection has ended.');
      if (fits.test(next.value)) return next.value;
    }
  }

  say(line: string, fits: RegExp): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.until(fits);
  }

  logIn(user: string, password: string): Promise<string> {
    return this.say(`a LOGIN "${user}" "${password}"`, /^a /u);
  }
}

const smtpLogIn = async (made: NewDevice, user: string, password: string): Promise<string> => {
  const visit = await Visit.to(made, SUBMISSION);
  await visit.say('EHLO phone', /^250 /u);
  return visit.say(`AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`, /^\d{3} /u);
};

const shown = async ({ device }: NewDevice): Promise<Device | undefined> =>
  (await core.call('devices.view', {})).find(({ id }) => id === device.id);

const changed = (is: (devices: readonly Device[]) => boolean): Promise<unknown> =>
  core.when('devices.changed', ({ devices }) => is(devices));

/** Where tor takes what comes to this onion. */
function doorsOf(published: readonly Parameters<Onion['publish']>[0][]): LocalDoor[] {
  return published.flatMap(({ ports }) => ports.map(({ target }) => target));
}

describe('a device', () => {
  it('reads and sends by an onion of its own, with its key and its password', async () => {
    const made = await add('phone');
    expect(made.device).toMatchObject({ name: 'phone', kind: 'phone', identityIds: [alice.id], state: 'online' });
    expect([alice.onion, work.onion]).not.toContain(made.device.onion);
    expect(await (await Visit.to(made)).logIn(alice.address, made.password)).toMatch(/^a OK/u);
    expect(await smtpLogIn(made, 'alice', made.password)).toMatch(/^235 /u);
    expect((await shown(made))?.lastUsedAt).toBe(clock.now() - (clock.now() % 60_000));
  });

  it('finds nothing without its key, nor with another’s, and nothing else at its onion', async () => {
    const [first, second] = [await add('first'), await add('second')];
    expect(await network.dial(first.device.onion, IMAP)).toEqual({ outcome: 'failed', failure: 'needs-auth' });
    expect(await failure({ ...first, clientKey: second.clientKey })).toBe('needs-auth');
    expect(await failure(first, 25)).toBe('no-service');
    expect(await failure(first, 80)).toBe('no-service');
    expect(await failure(first)).toBeUndefined();
  });

  it('is known by its own password alone, and its password nowhere else', async () => {
    const [first, second] = [await add('first'), await add('second')];
    const program = await core.call('programs.add', {
      name: 'desk',
      kind: 'other',
      identityIds: [alice.id],
      form: 'unsealed',
    });
    for (const password of [second.password, program.password, 'aaaaa-aaaaa-aaaaa-aaaaa']) {
      expect(await (await Visit.to(first)).logIn('alice', password)).toMatch(/^a NO/u);
      expect(await smtpLogIn(first, 'alice', password)).toMatch(/^535 /u);
    }
    const { imap, submission } = await core.call('programs.view', {});
    const isOn = { isOn: true, imapPort: imap.port, submissionPort: submission.port };
    await core.call('programs.listen', isOn);
    expect(await core.call('programs.test', { identityId: alice.id, password: first.password })).toEqual({
      outcome: 'refused',
    });
    await core.call('programs.listen', { ...isOn, isOn: false });
    await core.call('programs.remove', { programId: program.program.id });
    expect(await (await Visit.to(first)).logIn('alice', first.password)).toMatch(/^a OK/u);
    expect(await (await Visit.to(second)).logIn('alice', first.password)).toMatch(/^a NO/u);
  });

  it('has no door in common with another or with an identity', async () => {
    const published = vi.spyOn(core.onion, 'publish');
    await add('first');
    await add('second');
    const doors = doorsOf(published.mock.calls.map(([o]) => o));
    expect(new Set(doors).size).toBe(4);
    if (process.platform !== 'win32') expect(doors.every((door) => typeof door === 'string')).toBe(true);
  });

  it('reads no identity that it is not for, and none that is deleted', async () => {
    const gone = await makeIdentity(core, 'gone');
    const [both, one] = [await add('both', [gone, alice]), await add('one', [gone])];
    expect(await (await Visit.to(both)).logIn(work.address, both.password)).toMatch(/^a NO/u);
    const visit = await Visit.to(both);
    expect(await visit.logIn('gone', both.password)).toMatch(/^a OK/u);
    await core.call('identities.delete', { identityId: gone.id, confirmAddress: gone.address });
    await visit.closed;
    expect(await (await Visit.to(both)).logIn('gone', both.password)).toMatch(/^a NO/u);
    expect(await (await Visit.to(both)).logIn('alice', both.password)).toMatch(/^a OK/u);
    // It is for nobody any more: there is no onion to find.
    expect(await failure(one)).toBe('offline');
    expect(await shown(one)).toMatchObject({ identityIds: [], state: 'offline' });
  });

  it('is not there any more when it was removed, nor are its connections; others stay', async () => {
    const [going, staying] = [await add('goes'), await add('stays')];
    const [lost, kept] = [await Visit.to(going), await Visit.to(staying)];
    await lost.logIn('alice', going.password);
    await kept.logIn('alice', staying.password);
    const left = await core.call('devices.remove', { programId: going.device.id });
    await lost.closed;
    expect(left.map(({ name }) => name)).toEqual(['stays']);
    expect(await failure(going)).toBe('offline');
    expect(await kept.say('b NOOP', /^b /u)).toMatch(/^b OK/u);
    await expect(core.call('devices.remove', { programId: going.device.id })).rejects.toMatchObject({
      code: 'program-unknown',
    });
  });

  it('shows who is there', async () => {
    const made = await add('named');
    const named = changed((devices) => devices.some(({ connections }) => connections[0]?.clientName === 'K-9'));
    const visit = await Visit.to(made);
    await visit.say('i ID ("name" "K-9")', /^i OK/u);
    await visit.logIn('alice', made.password);
    await named;
    const gone = changed((devices) => devices.every(({ connections }) => connections.length === 0));
    visit.socket.destroy();
    await gone;
  });

  it('is for identities of the profile alone, and there are twenty at most', async () => {
    await expect(add('nobody', [{ ...alice, id: crypto.randomUUID() as typeof alice.id }])).rejects.toMatchObject({
      code: 'identity-unknown',
    });
    const all = await Promise.all(Array.from({ length: 20 }, (_, number) => add(String(number))));
    expect(new Set(all.map(({ device }) => device.onion)).size).toBe(20);
    await expect(add('one more')).rejects.toMatchObject({ code: 'too-many' });
  });
});

describe('the onions of devices', () => {
  it('are there while the profile is open, also after a restart, with the same key', async () => {
    const made = await add('survives');
    const visit = await Visit.to(made);
    await core.call('profile.lock', {});
    await visit.closed;
    expect(await failure(made)).toBe('offline');
    await core.call('profile.unlock', { passphrase });
    expect(await (await Visit.to(made)).logIn('alice', made.password)).toMatch(/^a OK/u);
    await core.stop();
    expect(await failure(made)).toBe('offline');
    core = await makeTestCore(network, { clock, directory: core.directory });
    expect(await (await Visit.to(made)).logIn('alice', made.password)).toMatch(/^a OK/u);
  });

  it('are there whatever the identities do', async () => {
    const made = await add('independent');
    await core.call('identities.update', { identityId: alice.id, paused: true });
    expect(await (await Visit.to(made)).logIn('alice', made.password)).toMatch(/^a OK/u);
    await core.call('identities.update', { identityId: alice.id, paused: false });
  });

  it('wait each for a time of its own when the profile opens or tor comes back, and not when one is made', async () => {
    const published = vi.spyOn(core.onion, 'publish');
    const waits = (): (number | undefined)[] =>
      published.mock.calls.flatMap(([{ clients, delayMs }]) => (clients ? [delayMs?.()] : []));
    await add('first');
    await add('second');
    expect(waits()).toEqual([0, 0]);
    const later = waits();
    published.mockClear();
    await core.call('profile.lock', {});
    await core.call('profile.unlock', { passphrase });
    const all = [...later, ...waits()];
    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(4);
    for (const wait of all) expect(wait).toBeLessThan(60_000);
  });

  it('are looked after each at a time of its own: none comes back in one moment with another', async () => {
    const timers = vi.spyOn(clock, 'setTimer');
    await add('one');
    await add('other');
    const waits = timers.mock.calls.map(([wait]) => wait).filter((wait) => wait >= 45_000 && wait <= 75_000);
    expect(waits).toHaveLength(2);
    expect(new Set(waits).size).toBe(2);
  });

  it('are led to other doors when the folder of sockets is gone', async () => {
    const published = vi.spyOn(core.onion, 'publish');
    const made = await add('moves');
    const [door] = doorsOf(published.mock.calls.map(([o]) => o));
    if (typeof door !== 'string') return;
    await rm(dirname(door), { recursive: true });
    expect(await failure(made)).toBe('temporary');
    const opened = new Promise<void>((resolve) => {
      core.onEvent(({ type }) => {
        if (type === 'devices.changed') resolve();
      });
    });
    clock.advance(90_000);
    await opened;
    expect(await (await Visit.to(made)).logIn('alice', made.password)).toMatch(/^a OK/u);
  });
});
