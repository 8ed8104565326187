import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MailAddress, OnionHost } from '../../../shared/ids';
import { MAX_MESSAGE_BYTES, MAX_SMTP_CONNECTIONS, SMTP_CONNECTION_TIMEOUT_MS, SMTP_IDLE_TIMEOUT_MS, SMTP_SLOW_AFTER_MS, SMTP_SLOW_BYTES_PER_SECOND } from '../domain/limits';
import { smtpReplies } from '../domain/smtp-replies';
import type { IncomingMail, Log, LoopbackServer, SmtpHandler, SmtpReply } from '../ports';
import { systemRandom } from '../runtime/system-random';
import { SettableClock } from '../testing/settable-clock';
import { createReceivingBudget, type ReceivingBudget } from './receiving-budget';
import { createSmtpListeners } from './smtp-listener';

const bobOnion = OnionHost.parse(`${'b'.repeat(56)}.onion`);
const bob = MailAddress.parse(`bob@${bobOnion}`);
const alice = MailAddress.parse(`alice@${'a'.repeat(56)}.onion`);
const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Progress = Parameters<SmtpHandler['progressed']>[0];
type Setup = { server: LoopbackServer; received: IncomingMail[]; progress: Progress[]; clock: SettableClock };
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function listening(o: { receive?: (mail: IncomingMail) => Promise<SmtpReply>; budget?: ReceivingBudget } = {}): Promise<Setup> {
  const received: IncomingMail[] = [];
  const progress: Progress[] = [];
  const clock = new SettableClock();
  const handler: SmtpHandler = {
    checkMailFrom: (text) => (MailAddress.safeParse(text).success ? { address: MailAddress.parse(text) } : { reply: smtpReplies.senderNotOnion }),
    checkRcptTo: (text) => {
      if (text === 'boom@example.com') throw new Error('boom');
      return text.replace(/\+[^@]*/, '') === bob ? { address: bob } : { reply: smtpReplies.noSuchMailbox };
    },
    receive: async (mail) => {
      const reply = await (o.receive?.(mail) ?? Promise.resolve(smtpReplies.stored));
      if (reply.code === 250) received.push(mail);
      return reply;
    },
    progressed: (event) => void progress.push(event),
  };
  const listeners = createSmtpListeners({ clock, log: silent, random: systemRandom(), ...(o.budget ? { receivingBudget: o.budget } : {}) });
  const server = await listeners.start({ name: bobOnion, handler });
  cleanUps.push(() => server.stop());
  return { server, received, progress, clock };
}

/** A peer that says whatever the test wants. */
class Peer {
  #unread = '';
  #ended = false;
  #wake: () => void = () => undefined;
  readonly closed: Promise<unknown>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#unread += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    this.closed = once(socket, 'close');
    void this.closed.then(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  static async to(server: LoopbackServer, options: { allowHalfOpen?: boolean } = {}): Promise<Peer> {
    const socket = connect({ host: '127.0.0.1', port: server.port, ...options });
    const peer = new Peer(socket);
    await once(socket, 'connect');
    return peer;
  }

  /** A peer that has said EHLO and named sender and recipient. */
  static async ready(server: LoopbackServer, options: { size?: number } = {}): Promise<Peer> {
    const peer = await Peer.to(server);
    await peer.reply();
    await peer.ask(`EHLO ${'a'.repeat(56)}.onion`);
    expect(await peer.ask(`MAIL FROM:<${alice}>${options.size === undefined ? '' : ` SIZE=${String(options.size)}`}`)).toMatch(/^250 2\.1\.0/);
    expect(await peer.ask(`RCPT TO:<${bob}>`)).toMatch(/^250 2\.1\.5/);
    return peer;
  }

  static async inData(server: LoopbackServer): Promise<Peer> {
    const peer = await Peer.ready(server);
    expect(await peer.ask('DATA')).toMatch(/^354/);
    return peer;
  }

  write(data: string | Uint8Array): void {
    this.socket.write(typeof data === 'string' ? Buffer.from(data, 'latin1') : data);
  }

  ask(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next whole reply, or '' when the connection is closed before one. */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r\n/.exec(this.#unread);
      if (match) {
        this.#unread = this.#unread.slice(match[0].length);
        return match[0].trimEnd();
      }
      if (this.#ended) return '';
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async rest(): Promise<string[]> {
    const replies: string[] = [];
    for (let reply = await this.reply(); reply !== ''; reply = await this.reply()) replies.push(reply);
    return replies;
  }
}

/** Waits for what no event tells, as the event loop turns. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const raw = (mail: IncomingMail | undefined): string => Buffer.from(mail?.raw ?? []).toString('latin1');

describe('the conversation', () => {
  it('names the onion and no software', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server);
    expect(await peer.reply()).toBe(`220 ${bobOnion} ESMTP`);
    const features = (await peer.ask('EHLO x')).split('\r\n');
    expect(features[0]).toBe(`250-${bobOnion}`);
    expect(features.slice(1).map((line) => line.slice(4)).sort()).toEqual(['8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING', `SIZE ${String(MAX_MESSAGE_BYTES)}`, 'SMTPUTF8']);
    const said = [await peer.ask('HELP'), await peer.ask('NOOP'), await peer.ask('VRFY bob'), await peer.ask('EXPN list'), await peer.ask('ETRN x'), await peer.ask('AUTH PLAIN'), await peer.ask('STARTTLS'), await peer.ask('WIZ x'), await peer.ask('QUIT')];
    expect(said.map((reply) => reply.slice(0, 3))).toEqual(['214', '250', '252', '502', '502', '500', '500', '500', '221']);
    expect(said.join()).not.toMatch(/nodemailer|smtp-server|posthorn|rfc-editor|http/i);
  });

  it('hands over a mail octet for octet and answers with exactly the given reply', async () => {
    const { server, received } = await listening();
    const peer = await Peer.inData(server);
    peer.write('Subject: x\r\n\r\n..dot\r\n...\r\nend\r\n.\r\n');
    expect(await peer.reply()).toBe('250 2.0.0 Stored');
    expect(raw(received[0])).toBe('Subject: x\r\n\r\n.dot\r\n..\r\nend\r\n');
    expect(received[0]).toMatchObject({ mailFrom: alice, rcptTo: bob });
  });

  it.each([smtpReplies.noSuchMailbox, smtpReplies.notSigned, smtpReplies.tryLater, smtpReplies.tooLarge, smtpReplies.notReadable])('gives $code $enhanced as it is', async (reply) => {
    const { server } = await listening({ receive: () => Promise.resolve(reply) });
    const peer = await Peer.inData(server);
    peer.write('x\r\n.\r\n');
    expect(await peer.reply()).toBe(`${String(reply.code)} ${reply.enhanced} ${reply.text}`);
    expect(await peer.ask('NOOP')).toMatch(/^250/);
  });

  it('keeps nothing and says 451 when storing fails', async () => {
    const { server } = await listening({ receive: () => Promise.reject(new Error('disk')) });
    const peer = await Peer.inData(server);
    peer.write('x\r\n.\r\n');
    expect(await peer.reply()).toMatch(/^451 4\.3\.0 /);
  });

  it('says 451 when a check fails', async () => {
    const { server } = await listening();
    const peer = await Peer.ready(server);
    expect(await peer.ask('RCPT TO:<boom@example.com>')).toMatch(/^451 4\.3\.0 /);
  });

  it('refuses senders and recipients as the use cases say', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    await peer.ask('EHLO x');
    expect(await peer.ask('RCPT TO:<x@y.z>')).toMatch(/^503/);
    expect(await peer.ask('MAIL FROM:<x@example.com>')).toBe('553 5.1.7 The sender must be an address at a version 3 onion service');
    await peer.ask(`MAIL FROM:<${alice}>`);
    expect(await peer.ask(`RCPT TO:<carol@${bobOnion}>`)).toBe('550 5.1.1 No such mailbox here');
    expect(await peer.ask('RCPT TO:<nobody@elsewhere>')).toBe('550 5.1.1 No such mailbox here');
    expect(await peer.ask('DATA')).toMatch(/^503/);
    expect(await peer.ask(`RCPT TO:<bob+tag@${bobOnion}>`)).toMatch(/^250/);
  });

  it('takes a pipelined conversation, and mail after mail', async () => {
    const { server, received } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    const one = `MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\n`;
    peer.write(`EHLO x\r\n${one}`);
    for (const code of ['250', '250', '250', '354']) expect((await peer.reply()).slice(0, 3)).toBe(code);
    peer.write(`first\r\n.\r\n${one}`);
    for (const code of ['250', '250', '250', '354']) expect((await peer.reply()).slice(0, 3)).toBe(code);
    peer.write('second\r\n.\r\nQUIT\r\n');
    for (const code of ['250', '221']) expect((await peer.reply()).slice(0, 3)).toBe(code);
    expect(received.map(raw)).toEqual(['first\r\n', 'second\r\n']);
  });

  it('takes any content, however it is cut into packets', async () => {
    const { server, received } = await listening();
    const line = fc.stringMatching(/^[.a-z \x80-\xff]{0,20}$/);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), async (lines, sizes) => {
        const content = lines.map((text) => `${text}\r\n`).join('');
        const wire = `${lines.map((text) => `${text.startsWith('.') ? '.' : ''}${text}\r\n`).join('')}.\r\n`;
        const peer = await Peer.inData(server);
        peer.socket.setNoDelay(true);
        for (let at = 0, turn = 0; at < wire.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          await new Promise<void>((resolve) => peer.socket.write(Buffer.from(wire.slice(at, at + size), 'latin1'), () => resolve()));
          at += size;
        }
        expect(await peer.reply()).toMatch(/^250/);
        expect(raw(received.at(-1))).toBe(content);
        peer.socket.destroy();
      }),
      { numRuns: 60 },
    );
  });

  it('takes mail from swaks', async () => {
    const { server, received } = await listening();
    const folder = await mkdtemp(join(tmpdir(), 'smtp-test-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'mail.eml');
    await writeFile(file, 'Subject: from swaks\n\n.leading dot\nbody\n');
    const swaks = promisify(execFile)('swaks', ['--server', '127.0.0.1', '--port', String(server.port), '--from', alice, '--to', bob, '--ehlo', 'x.onion', '--data', `@${file}`]);
    expect((await swaks).stdout).toContain('250 2.0.0 Stored');
    expect(raw(received[0])).toMatch(/^Subject: from swaks\r\n\r\n\.leading dot\r\nbody\r\n/);
  });
});

describe('bad input', () => {
  it.each([
    ['LF dot LF', 'x\r\n\n.\n'],
    ['LF dot CR LF', 'x\n.\r\n'],
    ['CR dot CR LF', 'x\r.\r\n'],
    ['CR LF dot LF', 'x\r\n.\n'],
    ['CR LF dot CR', 'x\r\n.\rQUIT\r\n'],
    ['a bare LF in a line', 'x\ny\r\n.\r\n'],
    ['a bare CR in a line', 'x\ry\r\n.\r\n'],
    ['CR CR LF', 'x\r\r\n.\r\n'],
  ])('%s never ends or smuggles a mail', async (_what, content) => {
    const { server, received } = await listening();
    const peer = await Peer.inData(server);
    peer.write(`${content}MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nsmuggled\r\n.\r\n`);
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
    expect(received).toEqual([]);
  });

  it.each([1, 2, 3])('finds a bare LF when packets are cut after %i octets', async (size) => {
    const { server, received } = await listening();
    const peer = await Peer.inData(server);
    peer.socket.setNoDelay(true);
    const wire = 'ab\r\n.\n.\r\n';
    for (let at = 0; at < wire.length && !peer.socket.destroyed; at += size) {
      await new Promise<void>((resolve) => peer.socket.write(wire.slice(at, at + size), () => resolve()));
    }
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
    expect(received).toEqual([]);
  });

  it('refuses NUL', async () => {
    const { server, received } = await listening();
    const peer = await Peer.inData(server);
    peer.write('a\0b\r\n.\r\n');
    expect(await peer.rest()).toEqual(['554 5.6.0 NUL is not allowed in a message']);
    expect(received).toEqual([]);
  });

  it('refuses bare LF in commands', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    peer.write('EHLO x\n');
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
  });

  it('hangs up on 10,000 recipients', async () => {
    const { server, received } = await listening();
    const peer = await Peer.ready(server);
    peer.write(`RCPT TO:<${bob}>\r\n`.repeat(10_000));
    const replies = await peer.rest();
    expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(9);
    expect(replies.filter((reply) => reply.startsWith('452 4.5.3 '))).toHaveLength(11);
    expect(replies.at(-1)).toMatch(/^421 4\.7\.0 /);
    expect(received).toEqual([]);
  });

  it('hangs up on guesses of mailboxes and on garbage', async () => {
    const { server } = await listening();
    const peer = await Peer.ready(server);
    peer.write(Array.from({ length: 100 }, (_, index) => `RCPT TO:<guess${String(index)}@${bobOnion}>\r\n`).join(''));
    expect((await peer.rest()).at(-1)).toMatch(/^421/);
    const other = await Peer.to(server);
    await other.reply();
    other.write('nonsense\r\n'.repeat(100));
    expect((await other.rest()).at(-1)).toMatch(/^421/);
  });

  it('hangs up on a command without end', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    peer.write('x'.repeat(100_000));
    expect((await peer.rest()).at(-1)).toMatch(/^421/);
  });

  it('refuses an announced size at once', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    await peer.ask('EHLO x');
    expect(await peer.ask(`MAIL FROM:<${alice}> SIZE=${String(MAX_MESSAGE_BYTES + 1)}`)).toMatch(/^552 5\.3\.4 /);
  });

  it('refuses a message that grows past the limit, and closes', async () => {
    const { server, received } = await listening();
    const peer = await Peer.inData(server);
    const block = Buffer.alloc(1024 * 1024, `${'x'.repeat(62)}\r\n`);
    for (let sent = 0; sent <= MAX_MESSAGE_BYTES; sent += block.length) {
      if (!peer.socket.write(block)) await once(peer.socket, 'drain');
    }
    peer.write('.\r\n');
    expect(await peer.rest()).toEqual(['552 5.3.4 The message is too large']);
    expect(received).toEqual([]);
  });

  it('refuses for now what does not fit beside other mail, and gives the room back', async () => {
    const budget = createReceivingBudget(64 * 1024);
    const { server, received } = await listening({ budget });
    const first = await Peer.inData(server);
    first.write(`${'x'.repeat(70)}\r\n`.repeat(400));
    await until(() => !budget.has(40 * 1024));
    const second = await Peer.inData(server);
    second.write(`${`${'y'.repeat(70)}\r\n`.repeat(800)}.\r\n`);
    expect(await second.reply()).toMatch(/^452 4\.3\.1 /);
    expect(await second.ask(`MAIL FROM:<${alice}> SIZE=60000`)).toMatch(/^452 4\.3\.1 /);
    first.write('.\r\n');
    expect(await first.reply()).toMatch(/^250/);
    expect(await second.ask(`MAIL FROM:<${alice}> SIZE=60000`)).toMatch(/^250/);
    expect(received).toHaveLength(1);
    expect(budget.has(64 * 1024)).toBe(true);
  });

  it('keeps nothing of a mail whose sender goes away', async () => {
    const budget = createReceivingBudget();
    const { server, received, progress } = await listening({ budget });
    for (const leave of ['destroy', 'end'] as const) {
      const peer = await Peer.inData(server);
      peer.write('half a mail\r\n.');
      await until(() => !budget.has(220 * 1024 * 1024));
      peer.socket[leave]();
      await peer.closed;
      await until(() => budget.has(220 * 1024 * 1024));
    }
    expect(received).toEqual([]);
    expect(progress.filter(({ done }) => done)).toHaveLength(2);
  });

  it('still answers a peer that closed its side', async () => {
    const { server, received } = await listening();
    const peer = await Peer.to(server, { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end(`EHLO x\r\nMAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nx\r\n.\r\n`);
    expect((await peer.rest()).at(-1)).toBe('250 2.0.0 Stored');
    expect(received).toHaveLength(1);
  });

  it('ends a connection whose last command is cut off', async () => {
    const { server } = await listening();
    const peer = await Peer.to(server, { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end('EHLO x\r\nNOO');
    expect((await peer.rest())[0]).toMatch(/^250/);
    await peer.closed;
  });

  it('hangs up on silence', async () => {
    const { server, clock } = await listening();
    const peer = await Peer.inData(server);
    clock.advance(SMTP_IDLE_TIMEOUT_MS + 1);
    expect(await peer.rest()).toEqual(['421 4.4.2 Nothing was heard for too long']);
  });

  it('hangs up on an octet a minute', async () => {
    const { server, clock, received } = await listening();
    const peer = await Peer.to(server);
    await peer.reply();
    let heard = '';
    const listened = peer.rest().then((replies) => (heard = replies.join()));
    for (let passed = 0; passed <= SMTP_CONNECTION_TIMEOUT_MS && heard === ''; passed += 60_000) {
      const before = peer.socket.bytesWritten;
      peer.write(passed === 0 ? 'N' : 'O');
      await until(() => peer.socket.bytesWritten > before || peer.socket.destroyed);
      await new Promise((resolve) => setImmediate(resolve));
      clock.advance(60_000);
    }
    await listened;
    expect(heard).toMatch(/^421 4\.4\.2 /);
    expect(received).toEqual([]);
  });

  it('does not hang up while a mail is being stored', async () => {
    let store: (reply: SmtpReply) => void = () => undefined;
    let isStoring = false;
    const { server, clock } = await listening({
      receive: () => {
        isStoring = true;
        return new Promise((resolve) => (store = resolve));
      },
    });
    const peer = await Peer.inData(server);
    peer.write('x\r\n.\r\n');
    await until(() => isStoring);
    clock.advance(SMTP_CONNECTION_TIMEOUT_MS + SMTP_IDLE_TIMEOUT_MS);
    store(smtpReplies.stored);
    expect(await peer.reply()).toMatch(/^250/);
  });

  it('limits the connections', async () => {
    const { server } = await listening();
    const peers = await Promise.all(Array.from({ length: MAX_SMTP_CONNECTIONS }, () => Peer.to(server)));
    for (const peer of peers) expect(await peer.reply()).toMatch(/^220/);
    const extra = await Peer.to(server);
    expect(await extra.rest()).toEqual(['421 4.3.2 Too many connections, try again later']);
    peers[0]?.socket.destroy();
    await peers[0]?.closed;
    let greeting = '';
    while (!greeting.startsWith('220')) greeting = await (await Peer.to(server)).reply();
  });
});

describe('when every connection is taken', () => {
  async function taken(clock: SettableClock, server: LoopbackServer): Promise<Peer[]> {
    const peers = await Promise.all(Array.from({ length: MAX_SMTP_CONNECTIONS }, () => Peer.inData(server)));
    clock.advance(SMTP_SLOW_AFTER_MS + 1_000);
    return peers;
  }

  it('the slowest gives way to a new one, whose mail arrives', async () => {
    const { server, clock, received } = await listening();
    const peers = await taken(clock, server);
    // All but the tenth have sent a little more than their commands.
    for (const [index, peer] of peers.entries()) {
      if (index !== 10) peer.write('x\r\n');
    }
    // A reply to the last command of another connection: by now the listener has heard those before it.
    const probe = await Peer.ready(server);
    expect((await peers[10]!.rest()).at(-1)).toBe('421 4.3.2 Too slow while others wait, try again later');
    expect(await probe.ask('DATA')).toMatch(/^354/);
    probe.write('hello\r\n.\r\n');
    expect(await probe.reply()).toBe('250 2.0.0 Stored');
    expect(raw(received[0])).toBe('hello\r\n');
  });

  it('64 slow peers do not keep out 64 others', async () => {
    const { server, clock } = await listening();
    const peers = await taken(clock, server);
    for (let index = 0; index < MAX_SMTP_CONNECTIONS; index += 1) expect(await (await Peer.to(server)).reply()).toMatch(/^220/);
    for (const peer of peers) expect((await peer.rest()).at(-1)).toMatch(/^421 4\.3\.2 Too slow/);
  });

  it('nobody gives way who is fast, new, or being stored', async () => {
    let store: (reply: SmtpReply) => void = () => undefined;
    let isStoring = false;
    const { server, clock, progress } = await listening({
      receive: () => {
        isStoring = true;
        return new Promise((resolve) => (store = resolve));
      },
    });
    const storing = await Peer.inData(server);
    storing.write('x\r\n.\r\n');
    await until(() => isStoring);
    const fast = await Peer.ready(server);
    expect(await fast.ask('DATA')).toMatch(/^354/);
    fast.write(Buffer.alloc(5 * SMTP_SLOW_BYTES_PER_SECOND * (SMTP_SLOW_AFTER_MS / 1_000), `${'x'.repeat(62)}\r\n`));
    await until(() => progress.length > 0);
    clock.advance(SMTP_SLOW_AFTER_MS + 1_000);
    const fresh = await Promise.all(Array.from({ length: MAX_SMTP_CONNECTIONS - 2 }, () => Peer.to(server)));
    for (const peer of fresh) expect(await peer.reply()).toMatch(/^220/);
    expect(await (await Peer.to(server)).rest()).toEqual(['421 4.3.2 Too many connections, try again later']);
    store(smtpReplies.stored);
    expect(await storing.reply()).toBe('250 2.0.0 Stored');
  });
});

describe('progress and end', () => {
  it('tells how far a mail has come, not for every packet', async () => {
    const { server, progress } = await listening();
    const size = 1024 * 1024;
    const peer = await Peer.ready(server, { size });
    expect(await peer.ask('DATA')).toMatch(/^354/);
    peer.write(Buffer.alloc(size, `${'x'.repeat(62)}\r\n`));
    peer.write('.\r\n');
    expect(await peer.reply()).toMatch(/^250/);
    expect(progress.length).toBeGreaterThan(2);
    expect(progress.length).toBeLessThan(8);
    expect(progress.at(-1)).toMatchObject({ bytes: size, total: size, done: true });
    expect(new Set(progress.map(({ transferId }) => transferId)).size).toBe(1);
  });

  it('stops at once, but first answers the mail that is being stored', async () => {
    let store: (reply: SmtpReply) => void = () => undefined;
    let isStoring = false;
    const { server } = await listening({
      receive: () => {
        isStoring = true;
        return new Promise((resolve) => (store = resolve));
      },
    });
    const idle = await Peer.ready(server);
    const busy = await Peer.inData(server);
    busy.write('x\r\n.\r\n');
    await until(() => isStoring);
    const stopped = server.stop();
    expect(await idle.rest()).toEqual(['421 4.3.2 Closing, try again later']);
    store(smtpReplies.stored);
    expect((await busy.rest())[0]).toBe('250 2.0.0 Stored');
    await stopped;
  });
});
