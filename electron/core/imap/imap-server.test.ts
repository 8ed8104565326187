import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  IMAP_IDLE_TIMEOUT_MS,
  IMAP_LOGIN_TIMEOUT_MS,
  MAX_CONNECTIONS_OF_PASSWORD,
  MAX_EARLY_BAD_COMMANDS,
  MAX_FAILED_LOGINS,
  MAX_IMAP_STRANGERS,
} from '../domain/client-limits';
import { SettableClock } from '../testing/settable-clock';
import { createImapServer } from './imap-server';
import { ImapHouse, PASSWORD, USER } from './testing/imap-house';
import { TestAccounts } from './testing/test-account';
import { converse } from './testing/transcript';

let accounts: TestAccounts;
beforeAll(async () => {
  accounts = await TestAccounts.start();
});
afterAll(async () => accounts.stop());

let house: ImapHouse;
beforeEach(async () => {
  house = await ImapHouse.open(accounts.open());
});
afterEach(async () => house.close());

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('logging in', () => {
  it('is by LOGIN, also with literals', async () => {
    await converse(
      await house.connect(),
      `C: a LOGIN {${String(USER.length)}}
       S: + OK
       C: ${USER} {${String(PASSWORD.length)}}
       S: + OK
       C: ${PASSWORD}
       S: a OK [CAPABILITY IMAP4rev1 …] Logged in
       C: b LOGIN x y
       S: b BAD …`,
    );
  });

  it('is by AUTHENTICATE PLAIN, with an initial response or without', async () => {
    const response = base64(`\0${USER}\0${PASSWORD}`);
    await converse(await house.connect(), `C: a AUTHENTICATE PLAIN ${response}\nS: a OK [CAPABILITY …`);
    await converse(await house.connect(), `C: a AUTHENTICATE PLAIN\nS: + \nC: ${response}\nS: a OK …`);
  });

  it('is by AUTHENTICATE LOGIN', async () => {
    await converse(
      await house.connect(),
      `C: a AUTHENTICATE LOGIN
       S: + ${base64('Username:')}
       C: ${base64(USER)}
       S: + ${base64('Password:')}
       C: ${base64(PASSWORD)}
       S: a OK …`,
    );
  });

  it('can be given up, and fails for what is no response', async () => {
    await converse(
      await house.connect(),
      `C: a AUTHENTICATE PLAIN
       S: + …
       C: *
       S: a BAD …
       C: b AUTHENTICATE PLAIN !!!
       S: b BAD …
       C: c AUTHENTICATE PLAIN ${base64('other\0alice\0x')}
       S: c NO [AUTHORIZATIONFAILED] …
       C: d AUTHENTICATE GSSAPI
       S: d NO …`,
    );
  });

  it('ends the connection after too many wrong passwords', async () => {
    const client = await house.connect();
    for (let count = 1; count < MAX_FAILED_LOGINS; count += 1)
      expect(await client.run('LOGIN alice wrong')).toEqual(['NO [AUTHENTICATIONFAILED] Name or password is wrong']);
    expect((await client.run('LOGIN alice wrong'))[0]).toMatch(/^\* BYE /);
    await client.closed();
  });

  it('is for so many connections with one password', async () => {
    for (let count = 0; count < MAX_CONNECTIONS_OF_PASSWORD; count += 1) await house.logIn();
    const client = await house.connect();
    expect(await client.run(`LOGIN ${USER} "${PASSWORD}"`)).toEqual([expect.stringMatching(/^NO \[LIMIT\] /)]);
  });
});

describe('a connection', () => {
  it('is told what it may do before it has logged in, and after', async () => {
    const client = await house.connect();
    const before = await client.run('CAPABILITY');
    expect(before[0]).toBe('* CAPABILITY IMAP4rev1 IMAP4rev2 LITERAL+ SASL-IR ENABLE ID AUTH=PLAIN AUTH=LOGIN');
    await client.run(`LOGIN ${USER} "${PASSWORD}"`);
    const after = (await client.run('CAPABILITY'))[0]?.split(' ') ?? [];
    expect(after).toEqual(expect.arrayContaining(['QRESYNC', 'MOVE', 'COMPRESS=DEFLATE', 'THREAD=REFERENCES']));
    expect(after).not.toContain('AUTH=PLAIN');
  });

  it.each([
    ['SELECT INBOX', 'Log in first'],
    ['FETCH 1 FLAGS', 'Log in first'],
    ['NOSUCH', 'There is no such command'],
    ['UID NOOP', 'There is no such command'],
    ['NOOP more', 'Too many arguments'],
    ['LOGIN alice', 'Missing argument'],
  ])('gets BAD for %s', async (command, why) => {
    expect(await (await house.connect()).run(command)).toEqual([`BAD ${why}`]);
  });

  it('gets BAD without a tag for a line without one', async () => {
    await converse(await house.connect(), 'C: NOOP\nS: * BAD …\nC: + NOOP\nS: * BAD …');
  });

  it('ends after too many lines that are no commands', async () => {
    const client = await house.connect();
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\nAccept: all\r\nX: 1\r\nY: 2\r\n');
    for (let count = 1; count < MAX_EARLY_BAD_COMMANDS; count += 1) expect(await client.next()).toMatch(/ BAD /);
    expect(await client.closed()).toMatch(/BYE/);
  });

  it('ends when nobody has logged in for too long', async () => {
    const client = await house.connect();
    house.clock.advance(IMAP_LOGIN_TIMEOUT_MS);
    expect(await client.next()).toBe('* BYE Nobody has logged in');
    await client.closed();
  });

  it('ends when the client has vanished in IDLE', async () => {
    const client = await house.select('INBOX');
    await converse(client, 'C: a IDLE\nS: + idling');
    house.clock.advance(IMAP_IDLE_TIMEOUT_MS);
    expect(await client.next()).toBe('* BYE Nothing was heard for too long');
    await client.closed();
  });

  it('does not end while its client says something now and then', async () => {
    const client = await house.logIn();
    house.clock.advance(IMAP_IDLE_TIMEOUT_MS - 1);
    await client.run('NOOP');
    house.clock.advance(IMAP_IDLE_TIMEOUT_MS - 1);
    expect(await client.run('NOOP')).toEqual(['OK Done']);
  });

  it('of a stranger gives way to others', async () => {
    const known = await house.logIn();
    const first = await house.connect();
    for (let count = 0; count < MAX_IMAP_STRANGERS; count += 1) await house.connect();
    await first.closed();
    expect(await known.run('NOOP')).toEqual(['OK Done']);
  });

  it('of strangers are no more than they may be, however many come at once', async () => {
    const accepted: Socket[] = [];
    const listener = createServer((socket) => accepted.push(socket));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    const clients = Array.from({ length: 3 * MAX_IMAP_STRANGERS }, () => connect(port, '127.0.0.1'));
    for (const client of clients) client.on('error', () => undefined);
    while (accepted.length < clients.length) await once(listener, 'connection');
    const imap = createImapServer({ clock: new SettableClock(), log: { info() {}, warn() {}, error() {} } });
    for (const socket of accepted) imap.serve(socket, { logIn: () => Promise.resolve(undefined) });
    expect(accepted.filter(({ destroyed }) => !destroyed)).toHaveLength(MAX_IMAP_STRANGERS);
    await imap.stop();
    for (const client of clients) client.destroy();
    listener.close();
  });

  it('answers commands that were sent all at once', async () => {
    const client = await house.logIn();
    client.send(Array.from({ length: 10_000 }, (_, index) => `p${String(index)} NOOP\r\n`).join(''));
    for (let index = 0; index < 10_000; index += 1) expect(await client.next()).toBe(`p${String(index)} OK Done`);
  });

  it('says good-bye', async () => {
    const client = await house.logIn();
    expect(await client.run('LOGOUT')).toEqual(['* BYE Logging out', 'OK Logged out']);
    await client.closed();
  });
});

describe('compression', () => {
  it('is on from the response on, and only once', async () => {
    const { inflateRawSync, constants, deflateRawSync } = await import('node:zlib');
    const client = await house.logIn();
    expect(await client.run('COMPRESS DEFLATE')).toEqual(['OK DEFLATE is active']);
    const answer = new Promise<Buffer>((resolve) => {
      client.socket.removeAllListeners('data');
      client.socket.once('data', resolve);
    });
    client.socket.write(deflateRawSync('a COMPRESS DEFLATE\r\n', { finishFlush: constants.Z_SYNC_FLUSH }));
    const text = inflateRawSync(await answer, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    expect(text).toMatch(/^a NO \[COMPRESSIONACTIVE\]/);
  });
});
