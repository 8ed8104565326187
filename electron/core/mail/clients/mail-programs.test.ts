import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Identity } from '../../../../shared/identity';
import type { MailProgram, ProgramAccess } from '../../../../shared/programs/mail-program';
import { MAX_CONNECTIONS_OF_PASSWORD } from '../../domain/client-limits';
import { freePort } from '../../testing/free-port';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, passphrase, type TestCore } from '../../testing/make-test-core';
import { SettableClock } from '../../testing/settable-clock';

let network: LoopbackNetwork;
let clock: SettableClock;
let core: TestCore;
let alice: Identity;
let work: Identity;
let ports: { imapPort: number; submissionPort: number };
const sockets: Socket[] = [];

beforeAll(async () => {
  network = await LoopbackNetwork.start();
  clock = new SettableClock();
  core = await makeTestCore(network, { clock });
  [alice, work] = [await makeIdentity(core, 'alice'), await makeIdentity(core, 'work')];
  ports = { imapPort: await freePort(), submissionPort: await freePort() };
  await core.call('programs.listen', { isOn: true, ...ports });
});
afterAll(async () => {
  await core.remove();
  await network.stop();
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

type Added = { readonly program: MailProgram; readonly password: string };

function add(name: string, identities: readonly Identity[] = [alice]): Promise<Added> {
  const identityIds = identities.map(({ id }) => id);
  return core.call('programs.add', { name, kind: 'other', identityIds, form: 'unsealed' });
}

/** A connection that says a line and reads until the first that fits. */
class Program {
  readonly #lines: AsyncIterator<string, undefined>;
  readonly closed: Promise<unknown>;

  constructor(readonly socket: Socket) {
    sockets.push(socket);
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
    this.#lines = createInterface({ input: socket })[Symbol.asyncIterator]() as AsyncIterator<string, undefined>;
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
}

async function visitImap(port = ports.imapPort): Promise<Program> {
  const program = new Program(connect(port, '127.0.0.1'));
  await program.until(/^\* OK/);
  return program;
}

async function visitSubmission(): Promise<Program> {
  const program = new Program(connect(ports.submissionPort, '127.0.0.1'));
  await program.until(/^220 /);
  await program.say('EHLO test', /^250 /);
  return program;
}

const imapLogin = (program: Program, user: string, password: string): Promise<string> =>
  program.say(`a LOGIN "${user}" "${password}"`, /^a /);
const plain = (user: string, password: string): string => Buffer.from(`\0${user}\0${password}`).toString('base64');
const smtpLogin = (program: Program, user: string, password: string): Promise<string> =>
  program.say(`AUTH PLAIN ${plain(user, password)}`, /^\d{3} /);

const changed = (is: (access: ProgramAccess) => boolean): Promise<{ readonly access: ProgramAccess }> =>
  core.when('programs.changed', ({ access }) => is(access));

describe('a mail program', () => {
  it('logs in by address or by name, however its password is typed, to read and to send', async () => {
    const { password } = await add('any');
    for (const user of [alice.address, 'alice', 'ALICE', alice.address.toUpperCase()]) {
      expect(await imapLogin(await visitImap(), user, password)).toMatch(/^a OK/);
    }
    const typed = password.toUpperCase().replaceAll('-', ' ');
    expect(await imapLogin(await visitImap(), 'alice', typed)).toMatch(/^a OK/);
    expect(await smtpLogin(await visitSubmission(), 'alice', password)).toMatch(/^235 /);
    expect(await core.call('programs.test', { identityId: alice.id, password })).toEqual({ outcome: 'logged-in' });
  });

  it('gets in with no wrong name or password, and for no identity that the password is not for', async () => {
    const { password } = await add('Alice alone');
    for (const [user, typed] of [
      [alice.address, 'aaaaa-aaaaa-aaaaa-aaaaa'],
      [work.address, password],
      ['work', password],
      ['', password],
      ['alice', ''],
      ['alice', password.slice(0, -1)],
    ] as const) {
      expect(await imapLogin(await visitImap(), user, typed)).toMatch(/^a (NO|BAD)/);
    }
    expect(await smtpLogin(await visitSubmission(), 'work', password)).toMatch(/^5/);
    expect(await imapLogin(await visitImap(), 'alice', password)).toMatch(/^a OK/);
  });

  it('reads the mail of the identity that it names, when it is for several', async () => {
    const { program, password } = await add('both', [alice, work]);
    const connected = changed(({ connections }) => connections.some(({ identityId }) => identityId === work.id));
    expect(await imapLogin(await visitImap(), 'work', password)).toMatch(/^a OK/);
    const { access } = await connected;
    expect(access.connections).toContainEqual(
      expect.objectContaining({ programId: program.id, identityId: work.id, protocol: 'imap', since: clock.now() }),
    );
  });

  it('shows what it calls itself, when it was there last, and that it went', async () => {
    const { program, password } = await add('named');
    const mine = ({ connections }: ProgramAccess) => connections.filter(({ programId }) => programId === program.id);
    const named = changed((access) => mine(access)[0]?.clientName !== undefined);
    const visited = await visitImap();
    await visited.say('i ID ("name" "Test\u0007er" "version" "1.0")', /^i OK/);
    await imapLogin(visited, 'alice', password);
    expect(mine((await named).access)[0]?.clientName).toBe('Tester 1.0');
    const { programs } = await core.call('programs.view', {});
    expect(programs.find(({ id }) => id === program.id)?.lastUsedAt).toBe(clock.now() - (clock.now() % 60_000));
    const gone = changed((access) => mine(access).length === 0);
    visited.socket.end();
    await gone;
  });

  it('is cut off at once when it is removed, and nobody else is', async () => {
    const [first, second] = [await add('goes'), await add('stays')];
    const [going, sending, staying] = [await visitImap(), await visitSubmission(), await visitImap()];
    await imapLogin(going, 'alice', first.password);
    await smtpLogin(sending, 'alice', first.password);
    await imapLogin(staying, 'alice', second.password);
    const access = await core.call('programs.remove', { programId: first.program.id });
    await Promise.all([going.closed, sending.closed]);
    expect(access.programs.map(({ name }) => name)).not.toContain('goes');
    expect(await staying.say('b NOOP', /^b /)).toMatch(/^b OK/);
    expect(await imapLogin(await visitImap(), 'alice', first.password)).toMatch(/^a NO/);
    await expect(core.call('programs.remove', { programId: first.program.id })).rejects.toMatchObject({
      code: 'program-unknown',
    });
  });

  it('has ten connections of a kind at most, and gets another one when one has ended', async () => {
    const { program, password } = await add('greedy');
    const visits: Program[] = [];
    for (let count = 0; count < MAX_CONNECTIONS_OF_PASSWORD; count += 1) {
      const visit = await visitImap();
      expect(await imapLogin(visit, 'alice', password)).toMatch(/^a OK/);
      visits.push(visit);
    }
    const late = await visitImap();
    expect(await imapLogin(late, 'alice', password)).toMatch(/^a NO \[UNAVAILABLE\]/);
    expect(await smtpLogin(await visitSubmission(), 'alice', password)).toMatch(/^235 /);
    const gone = changed(
      ({ connections }) => connections.filter((each) => each.programId === program.id).length === visits.length,
    );
    visits[0]?.socket.end();
    await gone;
    expect(await imapLogin(late, 'alice', password)).toMatch(/^a OK/);
  });

  it('that was in before does not wait for those who guess, and they are put off', async () => {
    const [known, fresh] = [await add('known'), await add('fresh')];
    await imapLogin(await visitImap(), 'alice', known.password);
    // Eleven are answered at once. The clock stands still: five more wait, and then there is no place to wait any more.
    for (let visit = 0; visit < 3; visit += 1) {
      const guessing = await visitImap();
      for (let turn = 0; turn < (visit < 2 ? 4 : 3); turn += 1)
        expect(await imapLogin(guessing, 'alice', 'guessed')).toMatch(/^a NO \[AUTHENTICATIONFAILED\]/);
    }
    const more = await Promise.all(Array.from({ length: 6 }, () => visitImap()));
    const waiting = more.map((guessing) => imapLogin(guessing, 'alice', 'guessed'));
    expect(await Promise.race(waiting)).toMatch(/^a NO \[UNAVAILABLE\]/);
    expect(await imapLogin(await visitImap(), 'alice', known.password)).toMatch(/^a OK/);
    expect(await imapLogin(await visitImap(), 'alice', fresh.password)).toMatch(/^a NO \[UNAVAILABLE\]/);
    clock.advance(60 * 60_000);
    await Promise.allSettled(waiting);
    clock.advance(60 * 60_000);
    expect(await imapLogin(await visitImap(), 'alice', fresh.password)).toMatch(/^a OK/);
  });

  it('reads no identity that is deleted', async () => {
    const gone = await makeIdentity(core, 'gone');
    const { program, password } = await add('of the deleted', [gone]);
    const visited = await visitImap();
    await imapLogin(visited, 'gone', password);
    await core.call('identities.delete', { identityId: gone.id, confirmAddress: gone.address });
    await visited.closed;
    const { programs } = await core.call('programs.view', {});
    expect(programs.find(({ id }) => id === program.id)?.identityIds).toEqual([]);
    expect(await imapLogin(await visitImap(), 'gone', password)).toMatch(/^a NO/);
  });
});

describe('the ports', () => {
  it('change while it runs; one that is taken changes nothing', async () => {
    const { password } = await add('moves');
    const visited = await visitImap();
    await imapLogin(visited, 'alice', password);
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const taken = (other.address() as AddressInfo).port;
    await expect(
      core.call('programs.listen', { isOn: true, imapPort: await freePort(), submissionPort: taken }),
    ).rejects.toMatchObject({ code: 'port-refused' });
    other.close();
    expect(await core.call('programs.view', {})).toMatchObject({
      imap: { port: ports.imapPort, state: 'listening' },
      submission: { port: ports.submissionPort, state: 'listening' },
    });
    expect(await visited.say('b NOOP', /^b /)).toMatch(/^b OK/);
    const moved = { ...ports, imapPort: await freePort() };
    await core.call('programs.listen', { isOn: true, ...moved });
    await visited.closed;
    expect(await imapLogin(await visitImap(moved.imapPort), 'alice', password)).toMatch(/^a OK/);
    const [refused] = (await once(connect(ports.imapPort, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(refused.code).toBe('ECONNREFUSED');
    await core.call('programs.listen', { isOn: true, ...ports });
  });

  it('are closed while the profile is locked, and open again after', async () => {
    const { password } = await add('waits');
    const visited = await visitImap();
    await imapLogin(visited, 'alice', password);
    await core.call('profile.lock', {});
    await visited.closed;
    const [refused] = (await once(connect(ports.imapPort, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException];
    expect(refused.code).toBe('ECONNREFUSED');
    await core.call('profile.unlock', { passphrase });
    expect(await imapLogin(await visitImap(), 'alice', password)).toMatch(/^a OK/);
  });

  it('are as they were after a restart, and what is taken then opens when it is free', async () => {
    const { password } = await add('survives');
    await core.stop();
    const other = createServer().listen(ports.imapPort, '127.0.0.1');
    await once(other, 'listening');
    core = await makeTestCore(network, { clock, directory: core.directory });
    expect(await core.call('programs.view', {})).toMatchObject({
      isOn: true,
      imap: { state: 'taken' },
      submission: { state: 'listening' },
    });
    expect(await core.call('programs.test', { identityId: alice.id, password })).toEqual({ outcome: 'not-listening' });
    // A port that another program has is no reason to refuse another theme.
    const settings = await core.call('settings.get', {});
    expect(await core.call('settings.set', { ...settings, theme: 'dark' })).toMatchObject({ theme: 'dark' });
    other.close();
    await once(other, 'close');
    const opened = changed(({ imap }) => imap.state === 'listening');
    clock.advance(60_000);
    await opened;
    expect(await imapLogin(await visitImap(), 'alice', password)).toMatch(/^a OK/);
    await core.call('programs.listen', { isOn: false, ...ports });
    expect(await core.call('programs.view', {})).toMatchObject({ isOn: false, imap: { state: 'off' } });
  });
});
