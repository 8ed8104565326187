import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SettableClock } from '../testing/settable-clock';
import { connectControl, type ControlClient } from './control-client';
import { ScriptedControlPort } from './testing/scripted-control-port';

let tor: ScriptedControlPort;
let clock: SettableClock;
let events: string[];
let client: ControlClient | undefined;

beforeEach(async () => {
  tor = await ScriptedControlPort.start();
  clock = new SettableClock();
  events = [];
});
afterEach(() => {
  client?.close();
  tor.stop();
});

async function connect(cookie: Uint8Array = tor.cookie): Promise<ControlClient> {
  client = await connectControl({ port: tor.port, cookie, clock, onEvent: (line) => events.push(line) });
  return client;
}

describe('authentication', () => {
  test('works with the cookie', async () => {
    await connect();
    expect((await client?.command('GETINFO version'))?.status).toBe(250);
  });

  test('fails with another cookie', async () => {
    await expect(connect(randomBytes(32))).rejects.toMatchObject({ code: 'tor-offline' });
  });

  test('refuses a listener that does not know the cookie, and does not answer it', async () => {
    tor.proofCookie = randomBytes(32);
    await expect(connect()).rejects.toMatchObject({ code: 'tor-offline' });
    expect(tor.commands).toEqual([]);
  });

  test('fails where nothing listens', async () => {
    const { port } = tor;
    tor.stop();
    await expect(connectControl({ port, cookie: tor.cookie, clock, onEvent: () => undefined })).rejects.toMatchObject({
      code: 'tor-offline',
    });
  });
});

describe('commands', () => {
  test('are answered in order, with events in between', async () => {
    const control = await connect();
    tor.script = (command) => `650 HS_DESC UPLOADED ${command}\r\n250-${command}\r\n250 OK\r\n`;
    const replies = await Promise.all(['ONE', 'TWO', 'THREE'].map((line) => control.command(line)));
    expect(replies.map((reply) => reply.lines[0]?.text)).toEqual(['ONE', 'TWO', 'THREE']);
    expect(events).toEqual(['HS_DESC UPLOADED ONE', 'HS_DESC UPLOADED TWO', 'HS_DESC UPLOADED THREE']);
  });

  test.each(['\r\n', '\n', '\0', '\u010d\u010a', '\u{1f40a}'])(
    'with a line break, or what becomes one in a single octet, are not sent: %j',
    async (end) => {
      const control = await connect();
      await expect(control.command(`GETINFO version${end}SIGNAL SHUTDOWN`)).rejects.toThrow(RangeError);
      expect(tor.commands).toEqual([]);
    },
  );

  test('fail, all of them, when the connection goes', async () => {
    const control = await connect();
    tor.script = () => {
      setImmediate(() => tor.cut());
      return undefined;
    };
    const results = await Promise.allSettled(['ONE', 'TWO'].map((line) => control.command(line)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    await control.closed;
    await expect(control.command('THREE')).rejects.toMatchObject({ code: 'tor-offline' });
  });

  test('fail when tor hangs, and say nothing of a key', async () => {
    const control = await connect();
    tor.script = () => {
      setImmediate(() => clock.advance(30_000));
      return undefined;
    };
    const failure: unknown = await control.command('ADD_ONION ED25519-V3:SECRET').catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'tor-offline' });
    expect(JSON.stringify(failure) + String(failure)).not.toContain('SECRET');
  });
});

describe('a hostile control port', () => {
  test.each([
    ['garbage', '\u0000\u0001garbage\r\n'],
    ['an answer without a question', '250 OK\r\n250 OK\r\n'],
    ['a line without end', 'x'.repeat(200_000)],
    ['a mixed reply', '250-ONE\r\n551 TWO\r\n'],
  ])('%s ends the connection', async (_name, octets) => {
    const control = await connect();
    tor.script = () => octets;
    await control.command('GETINFO version').catch(() => undefined);
    await control.closed;
    await expect(control.command('GETINFO version')).rejects.toMatchObject({ code: 'tor-offline' });
  });
});
