import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MailAddress, OnionHost } from '../../../shared/ids';
import type { SendOutcome } from '../domain/delivery-outcome';
import type { DialFailure, DialOutcome } from '../ports/onion';
import { SettableClock } from '../testing/settable-clock';
import { startTestListener } from '../testing/test-listener';
import { createSmtpSender } from './smtp-sender';

const aliceOnion = `${'a'.repeat(56)}.onion`;
const alice = MailAddress.parse(`alice@${aliceOnion}`);
const bob = MailAddress.parse(`bob@${'b'.repeat(56)}.onion`);
const mail = Buffer.from('Subject: x\r\n\r\nhello\r\n');
const cleanUps: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

/** A peer given as what it does with each connection. */
async function peer(
  serve: (socket: Socket) => void,
): Promise<{ dial: () => Promise<DialOutcome>; server: Server; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { dial: () => dialTo((server.address() as AddressInfo).port), server, sockets };
}

async function dialTo(port: number): Promise<DialOutcome> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  return { outcome: 'connected', socket };
}

type Script = {
  greeting?: string;
  EHLO?: string;
  HELO?: string;
  MAIL?: string;
  RCPT?: string;
  DATA?: string;
  '.'?: string;
};

/** A server that gives these replies, and what it heard. '' gives none. */
async function scripted(
  script: Script,
): Promise<{ dial: () => Promise<DialOutcome>; commands: string[]; content: () => string }> {
  const commands: string[] = [];
  let content = '';
  const served = await peer((socket) => {
    let unread = '';
    let inData = false;
    const say = (reply: string | undefined, otherwise: string): void => {
      if (reply !== '') socket.write(`${reply ?? otherwise}\r\n`);
    };
    const command = (line: string): void => {
      commands.push(line);
      const verb = line.split(/[ :]/)[0] as keyof Script;
      const reply = script[verb];
      if (verb === 'DATA' && (reply ?? '3').startsWith('3')) inData = true;
      say(reply, verb === 'DATA' ? '354 go' : '250 2.0.0 ok');
    };
    say(script.greeting, '220 x ESMTP');
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      for (;;) {
        if (inData) {
          const end = unread.startsWith('.\r\n') ? -2 : unread.indexOf('\r\n.\r\n');
          if (end === -1) return;
          content = unread.slice(0, end + 2);
          unread = unread.slice(end + 5);
          inData = false;
          say(script['.'], '250 2.0.0 stored');
          continue;
        }
        const end = unread.indexOf('\r\n');
        if (end < 0) return;
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        command(line);
      }
    });
  });
  return { dial: served.dial, commands, content: () => content };
}

type SendOptions = {
  dial: () => Promise<DialOutcome>;
  from?: MailAddress | null;
  to?: string;
  greeting?: OnionHost;
  raw?: Uint8Array;
  clock?: SettableClock;
  signal?: AbortSignal;
  progressed?: (octets: number) => void;
};

function send(o: SendOptions): Promise<SendOutcome> {
  const sender = createSmtpSender({ clock: o.clock ?? new SettableClock() });
  const { from = alice, to = bob, raw = mail, progressed = () => undefined, signal = new AbortController().signal } = o;
  return sender.send({
    from,
    to,
    raw,
    dial: o.dial,
    progressed,
    signal,
    ...(o.greeting ? { greeting: o.greeting } : {}),
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a delivery', () => {
  it('says its own onion, the envelope and the size', async () => {
    const { dial, commands } = await scripted({
      EHLO: '250-x\r\n250-PIPELINING\r\n250-STARTTLS\r\n250-AUTH PLAIN\r\n250 SIZE 1000000',
    });
    expect(await send({ dial })).toEqual({ outcome: 'delivered', reply: '2.0.0 stored' });
    await until(() => commands.includes('QUIT'));
    expect(commands).toEqual([
      `EHLO ${aliceOnion}`,
      `MAIL FROM:<${alice}> SIZE=${String(mail.length)}`,
      `RCPT TO:<${bob}>`,
      'DATA',
      'QUIT',
    ]);
  });

  it('without a sender names no sender, in no command', async () => {
    const { dial, commands } = await scripted({ EHLO: '250-x\r\n250-PIPELINING\r\n250 SIZE 1000000' });
    const to = `${'t'.repeat(26)}@${'c'.repeat(56)}.onion`;
    expect(await send({ dial, from: null, to })).toMatchObject({ outcome: 'delivered' });
    await until(() => commands.includes('QUIT'));
    expect(commands).toEqual([
      'EHLO [127.0.0.1]',
      `MAIL FROM:<> SIZE=${String(mail.length)}`,
      `RCPT TO:<${to}>`,
      'DATA',
      'QUIT',
    ]);
    const old = await scripted({ EHLO: '502 what' });
    await send({ dial: old.dial, from: null, to });
    expect(old.commands[1]).toBe('HELO [127.0.0.1]');
  });

  it('without a sender can be handed over by a holder that names itself', async () => {
    const { dial, commands } = await scripted({});
    const greeting = OnionHost.parse(`${'d'.repeat(56)}.onion`);
    expect(await send({ dial, from: null, greeting })).toMatchObject({ outcome: 'delivered' });
    expect(commands.slice(0, 3)).toEqual([`EHLO ${greeting}`, 'MAIL FROM:<>', `RCPT TO:<${bob}>`]);
  });

  it.each([
    ['250 2.0.0 Held 7c1f5d0e 1 2 c2ln', '2.0.0 Held 7c1f5d0e 1 2 c2ln'],
    ['250-2.0.0 one\r\n250 2.0.0 two', '2.0.0 one 2.0.0 two'],
    ['250', ''],
    [`250 2.0.0 ${'r'.repeat(390)}`, `2.0.0 ${'r'.repeat(390)}`],
  ])('tells the reply to it: %s', async (said, reply) => {
    const { dial } = await scripted({ '.': said });
    expect(await send({ dial })).toEqual({ outcome: 'delivered', reply });
  });

  it('works with a server that knows only HELO', async () => {
    const { dial, commands } = await scripted({ EHLO: '502 what' });
    expect(await send({ dial })).toEqual({ outcome: 'delivered', reply: '2.0.0 stored' });
    expect(commands[1]).toBe(`HELO ${aliceOnion}`);
  });

  it('puts exactly its bytes on the wire, dots stuffed', async () => {
    const line = fc.stringMatching(/^[.]{0,3}[ -~]{0,30}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 40 }), async (lines) => {
        const raw = Buffer.from(lines.map((text) => `${text}\r\n`).join(''));
        const { dial, content } = await scripted({});
        expect(await send({ dial, raw })).toEqual({ outcome: 'delivered', reply: '2.0.0 stored' });
        expect(content().replace(/^\./gm, '')).toBe(raw.toString('latin1'));
      }),
      { numRuns: 60 },
    );
  });

  it('arrives at our own listener as it was, 20 MB too', async () => {
    const { server, received } = await startTestListener();
    cleanUps.push(() => server.stop());
    const raw = Buffer.from(`.x\r\n..\r\n${'0123456789abcdef'.repeat(4)}\r\n`.repeat(280_000));
    const seen: number[] = [];
    expect(
      await send({ dial: () => dialTo(Number(server.door)), raw, progressed: (octets) => void seen.push(octets) }),
    ).toEqual({ outcome: 'delivered', reply: '2.0.0 Stored' });
    expect(Buffer.compare(Buffer.from(received[0]?.raw ?? []), raw)).toBe(0);
    expect(seen.at(-1)).toBe(raw.length);
    expect(seen).toEqual([...seen].sort((one, other) => one - other));
  });

  it('reports progress only as fast as the peer reads', async () => {
    const { dial, sockets } = await peer((socket) => {
      const replies = ['220 x', '250 x', '250 ok', '250 ok', '354 go'];
      socket.write(`${replies.shift() ?? ''}\r\n`);
      socket.on('data', () => {
        const reply = replies.shift();
        if (reply !== undefined) socket.write(`${reply}\r\n`);
        if (replies.length === 0) socket.pause();
      });
    });
    const seen: number[] = [];
    const raw = Buffer.alloc(40 * 1024 * 1024, `${'x'.repeat(76)}\r\n`);
    const stop = new AbortController();
    const sending = send({ dial, raw, progressed: (octets) => void seen.push(octets), signal: stop.signal });
    await until(() => (seen.at(-1) ?? 0) > 64 * 1024);
    for (let turn = 0, last = -1; turn < 200; turn += 1) {
      if (last !== seen.at(-1)) turn = 0;
      last = seen.at(-1) ?? 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen.at(-1)).toBeLessThan(raw.length / 2);
    stop.abort();
    expect(await sending).toEqual({ outcome: 'deferred', reason: 'interrupted' });
    expect(sockets).toHaveLength(1);
  });
});

describe('replies', () => {
  const refused = (reason: string, code: number, about?: string, remedy?: string): unknown => ({
    outcome: 'refused',
    reason,
    code,
    about,
    ...(remedy ? { remedy } : {}),
  });
  const deferred = (reason: string, about?: string): unknown => ({ outcome: 'deferred', reason, about });

  it.each<[string, Script, unknown]>([
    ['an unknown mailbox', { RCPT: '550 5.1.1 No such mailbox here' }, refused('unknown-mailbox', 550, 'message')],
    ['another refusal of the recipient', { RCPT: '550 5.7.1 no' }, refused('refused', 550, 'message', 'our-key')],
    ['a full mailbox', { RCPT: '452 4.2.2 full' }, deferred('busy', 'message')],
    ['a refused sender', { MAIL: '553 5.1.7 no' }, refused('refused', 553, 'us')],
    ['a size too large at MAIL', { MAIL: '552 5.3.4 too large' }, refused('too-large', 552, 'message')],
    ['a size limit', { EHLO: '250-x\r\n250 SIZE 10' }, refused('too-large', 552, 'message')],
    ['refused content', { '.': '554 5.6.0 no' }, refused('refused', 554, 'message')],
    ['content that is sealed to another key', { '.': '554 5.7.5 no' }, refused('refused', 554, 'message', 'their-key')],
    ['a signature that is not believed', { '.': '550 5.7.7 no' }, refused('refused', 550, 'message', 'our-key')],
    ['content too large', { '.': '552 5.3.4 no' }, refused('too-large', 552, 'message')],
    ['content that cannot be stored now', { '.': '451 4.3.0 later' }, deferred('busy', 'message')],
    ['a disk that is full', { '.': '452 4.3.1 no storage' }, deferred('busy', 'now')],
    ['a crowd of strangers', { RCPT: '451 4.7.1 later' }, deferred('busy', 'us')],
    ['no more connections', { greeting: '421 4.3.2 later' }, deferred('busy', 'now')],
    ['a greeting that sends everyone away', { greeting: '554 5.3.2 no mail here' }, refused('refused', 554, 'us')],
    ['lost order', { MAIL: '503 5.5.1 order' }, deferred('interrupted', 'us')],
    ['a web server', { greeting: 'HTTP/1.1 400 Bad Request' }, deferred('interrupted')],
    ['garbage', { greeting: '\x00\xff\x01' }, deferred('interrupted')],
    ['garbage after the content', { '.': 'what' }, deferred('interrupted')],
    ['a reply of many lines', { '.': '550-5.1.1 a\r\n550 5.1.1 b' }, refused('unknown-mailbox', 550, 'message')],
  ])('%s', async (_what, script, outcome) => {
    const { dial } = await scripted(script);
    expect(await send({ dial })).toEqual(outcome);
  });

  it.each<[DialFailure, unknown]>([
    ['offline', deferred('offline')],
    ['gone', deferred('offline')],
    ['needs-auth', deferred('offline')],
    ['bad-address', refused('bad-address', 553)],
    ['refused-locally', deferred('offline')],
    ['no-service', deferred('no-mail-service')],
    ['temporary', deferred('offline')],
    ['timed-out', deferred('timed-out')],
    ['tor-offline', deferred('offline')],
  ])('a dial that ends with %s', async (failure, outcome) => {
    expect(await send({ dial: () => Promise.resolve({ outcome: 'failed', failure }) })).toEqual(outcome);
  });
});

describe('a hostile or broken peer', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['closes at once', (socket) => socket.end()],
    ['resets', (socket) => void socket.on('data', () => socket.resetAndDestroy()).write('220 x\r\n')],
    ['sends a line without end', (socket) => void socket.write(Buffer.alloc(4_000_000, 'x'))],
    ['greets without end', (socket) => void socket.write('220-hello\r\n'.repeat(400_000))],
    [
      'says yes to everything before it is asked',
      (socket) => void socket.write('220 x\r\n250 x\r\n250 ok\r\n250 ok\r\n354 go\r\n250 stored\r\n'),
    ],
    ['says 220 for ever', (socket) => void socket.write('220 x\r\n'.repeat(100_000))],
  ])('%s: the mail stays ours', async (_what, serve) => {
    const { dial } = await peer(serve);
    expect(await send({ dial, raw: Buffer.alloc(8_000_000, 'x\r\n') })).toMatchObject({ outcome: 'deferred' });
  });

  it.each(['greeting', 'EHLO', 'MAIL', 'RCPT', 'DATA', '.'] as const)(
    'never answers after %s: timed out',
    async (step) => {
      const clock = new SettableClock();
      const { dial } = await scripted({ [step]: '' });
      let outcome: SendOutcome | undefined;
      void send({ dial, clock }).then((settled) => (outcome = settled));
      while (outcome === undefined) {
        for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        clock.advance(60_000);
      }
      expect(outcome).toEqual({ outcome: 'deferred', reason: 'timed-out' });
    },
  );

  it('goes away after the content, before its reply', async () => {
    const { dial } = await peer((socket) => {
      const replies = ['250 x', '250 ok', '250 ok', '354 go'];
      socket.write('220 x\r\n');
      socket.on('data', (chunk: Buffer) => {
        const reply = replies.shift();
        if (reply !== undefined) socket.write(`${reply}\r\n`);
        if (chunk.includes('\r\n.\r\n')) socket.destroy();
      });
    });
    expect(await send({ dial })).toEqual({ outcome: 'deferred', reason: 'interrupted' });
  });

  it('refuses in the middle of the content', async () => {
    const { dial } = await peer((socket) => {
      const replies = ['250 x', '250 ok', '250 ok', '354 go'];
      let heard = 0;
      socket.write('220 x\r\n');
      socket.on('data', (chunk: Buffer) => {
        const reply = replies.shift();
        if (reply !== undefined) socket.write(`${reply}\r\n`);
        heard += chunk.length;
        if (heard > 1_000_000) socket.write('552 5.3.4 too large\r\n');
      });
    });
    expect(await send({ dial, raw: Buffer.alloc(9_000_000, 'x\r\n') })).toEqual({
      outcome: 'refused',
      reason: 'too-large',
      code: 552,
      about: 'message',
    });
  });
});

describe('an abort', () => {
  it('closes the connection', async () => {
    const stop = new AbortController();
    const { dial, sockets } = await peer(() => undefined);
    const sending = send({ dial, signal: stop.signal });
    await until(() => sockets.length > 0);
    const closed = once(sockets[0] as Socket, 'end');
    (sockets[0] as Socket).resume();
    stop.abort();
    expect(await sending).toEqual({ outcome: 'deferred', reason: 'interrupted' });
    await closed;
  });

  it('does not wait for a dial, and closes what comes of it', async () => {
    const stop = new AbortController();
    const { dial } = await peer(() => undefined);
    let connected: (outcome: DialOutcome) => void = () => undefined;
    const sending = send({ dial: () => new Promise((resolve) => (connected = resolve)), signal: stop.signal });
    stop.abort();
    expect(await sending).toEqual({ outcome: 'deferred', reason: 'interrupted' });
    const late = await dial();
    if (late.outcome !== 'connected') throw new Error(late.failure);
    connected(late);
    await once(late.socket, 'close');
  });

  it('before the start dials nothing', async () => {
    let dialled = false;
    const dial = (): Promise<DialOutcome> => {
      dialled = true;
      return Promise.resolve({ outcome: 'failed', failure: 'offline' });
    };
    expect(await send({ dial, signal: AbortSignal.abort() })).toEqual({ outcome: 'deferred', reason: 'interrupted' });
    expect(dialled).toBe(false);
  });
});
