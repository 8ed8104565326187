import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_MESSAGE_BYTES, SMTP_CONNECTION_TIMEOUT_MS, SMTP_IDLE_TIMEOUT_MS } from '../domain/limits';
import { smtpReplies } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import type { IncomingMail } from '../ports/smtp';
import { SmtpPeer, throughTarpit } from '../testing/smtp-peer';
import {
  agreementId,
  alice,
  aliceOnion,
  bob,
  bobOnion,
  clientOnion,
  peerInData,
  peerReady,
  startTestListener,
  token,
  until,
  type ListenerOptions,
  type TestListener,
} from '../testing/test-listener';
import { createReceivingBudget } from './receiving-budget';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function listening(o: ListenerOptions = {}): Promise<TestListener> {
  const listener = await startTestListener(o);
  cleanUps.push(() => listener.server.stop());
  return listener;
}

const raw = (mail: IncomingMail | undefined): string => Buffer.from(mail?.raw ?? []).toString('latin1');

describe('the conversation', () => {
  it('names the onion and no software', async () => {
    const { server, clock } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
    expect(await peer.reply()).toBe(`220 ${bobOnion} ESMTP`);
    const features = (await peer.ask('EHLO x')).split('\r\n');
    expect(features[0]).toBe(`250-${bobOnion}`);
    expect(
      features
        .slice(1)
        .map((line) => line.slice(4))
        .sort(),
    ).toEqual([
      '8BITMIME',
      'ENHANCEDSTATUSCODES',
      'ETRN',
      'PIPELINING',
      `SIZE ${String(MAX_MESSAGE_BYTES)}`,
      'SMTPUTF8',
    ]);
    peer.write(
      ['HELP', 'NOOP', 'VRFY bob', 'EXPN list', 'ETRN', 'AUTH PLAIN', 'STARTTLS', 'WIZ x', 'QUIT', ''].join('\r\n'),
    );
    const said = await throughTarpit(clock, peer.rest());
    expect(said.map((reply) => reply.slice(0, 3))).toEqual([
      '214',
      '250',
      '252',
      '502',
      '501',
      '500',
      '500',
      '500',
      '221',
    ]);
    expect(said.join()).not.toMatch(/nodemailer|smtp-server|posthorn|rfc-editor|http/i);
  });

  it('hands over a mail octet for octet and answers with exactly the given reply', async () => {
    const { server, received } = await listening();
    const peer = await peerInData(Number(server.door));
    peer.write('Subject: x\r\n\r\n..dot\r\n...\r\nend\r\n.\r\n');
    expect(await peer.reply()).toBe('250 2.0.0 Stored');
    expect(raw(received[0])).toBe('Subject: x\r\n\r\n.dot\r\n..\r\nend\r\n');
    expect(received[0]).toMatchObject({ mailFrom: alice, rcptTo: { for: 'mailbox', address: bob } });
  });

  it.each([
    smtpReplies.noSuchMailbox,
    smtpReplies.notSigned,
    smtpReplies.tryLater,
    smtpReplies.tooLarge,
    smtpReplies.notReadable,
  ])('gives $code $enhanced as it is', async (reply) => {
    const { server } = await listening({ receive: () => Promise.resolve(reply) });
    const peer = await peerInData(Number(server.door));
    peer.write('x\r\n.\r\n');
    expect(await peer.reply()).toBe(`${String(reply.code)} ${reply.enhanced} ${reply.text}`);
    expect(await peer.ask('NOOP')).toMatch(/^250/);
  });

  it('keeps nothing and says 451 when storing fails', async () => {
    const { server } = await listening({ receive: () => Promise.reject(new Error('disk')) });
    const peer = await peerInData(Number(server.door));
    peer.write('x\r\n.\r\n');
    expect(await peer.reply()).toMatch(/^451 4\.3\.0 /);
  });

  it('says 451 when a check fails', async () => {
    const { server } = await listening();
    const peer = await peerReady(Number(server.door));
    expect(await peer.ask('RCPT TO:<boom@example.com>')).toMatch(/^451 4\.3\.0 /);
  });

  it('refuses senders and recipients as the use cases say', async () => {
    const { server, clock } = await listening();
    const peer = await SmtpPeer.introduced(Number(server.door));
    const ask = (line: string): Promise<string> => throughTarpit(clock, peer.ask(line));
    expect(await ask('RCPT TO:<x@y.z>')).toMatch(/^503/);
    expect(await ask('MAIL FROM:<x@example.com>')).toBe(
      '553 5.1.7 The sender must be an address at a version 3 onion service',
    );
    await ask(`MAIL FROM:<${alice}>`);
    expect(await ask(`RCPT TO:<carol@${bobOnion}>`)).toBe('550 5.1.1 No such mailbox here');
    expect(await ask('RCPT TO:<nobody@elsewhere>')).toBe('550 5.1.1 No such mailbox here');
    expect(await ask('DATA')).toMatch(/^503/);
    expect(await ask(`RCPT TO:<bob+tag@${bobOnion}>`)).toMatch(/^250/);
  });

  it('takes mail from the empty sender, and tells the recipient', async () => {
    const { server, received } = await listening();
    for (const [to, rcptTo] of [
      [bob, { for: 'mailbox', address: bob }],
      [`${token}@${clientOnion}`, { for: 'client', agreementId, token }],
    ] as const) {
      const peer = await peerInData(Number(server.door), { from: '', to, greeting: '[127.0.0.1]' });
      expect(await peer.ask('x\r\n.')).toMatch(/^250/);
      expect(received.at(-1)).toMatchObject({ mailFrom: null, rcptTo });
    }
  });

  it('answers wrong recipients from the empty sender as every wrong name', async () => {
    const { server, received, clock } = await listening();
    const peer = await SmtpPeer.introduced(Number(server.door), '[127.0.0.1]');
    expect(await peer.ask('MAIL FROM:<>')).toMatch(/^250 2\.1\.0 /);
    for (const to of [
      `${'u'.repeat(26)}@${clientOnion}`,
      `${token}@${aliceOnion}`,
      `carol@${bobOnion}`,
      `carol@${clientOnion}`,
    ]) {
      expect(await throughTarpit(clock, peer.ask(`RCPT TO:<${to}>`))).toBe('550 5.1.1 No such mailbox here');
    }
    expect(await throughTarpit(clock, peer.ask('DATA'))).toMatch(/^503 /);
    expect(received).toEqual([]);
  });

  it('takes one recipient a message, a mailbox or a client', async () => {
    const { server, clock } = await listening();
    const peer = await peerReady(Number(server.door), { from: '' });
    expect(await peer.ask(`RCPT TO:<${bob}>`)).toMatch(/^250/);
    expect(await throughTarpit(clock, peer.ask(`RCPT TO:<${token}@${clientOnion}>`))).toMatch(/^452 4\.5\.3 /);
  });

  it('gives a receipt of 400 characters as it is', async () => {
    const text = `Held ${'7c1f5d0e-6a0b '.repeat(40)}`.slice(0, 394);
    const { server } = await listening({ receive: () => Promise.resolve({ code: 250, enhanced: '2.0.0', text }) });
    const peer = await peerInData(Number(server.door));
    expect(await peer.ask('x\r\n.')).toBe(`250 2.0.0 ${text}`);
  });

  it('takes a pipelined conversation, and mail after mail', async () => {
    const { server, received } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
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
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (lines, sizes) => {
          const content = lines.map((text) => `${text}\r\n`).join('');
          const wire = `${lines.map((text) => `${text.startsWith('.') ? '.' : ''}${text}\r\n`).join('')}.\r\n`;
          const peer = await peerInData(Number(server.door));
          peer.socket.setNoDelay(true);
          for (let at = 0, turn = 0; at < wire.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            await new Promise<void>((resolve) =>
              peer.socket.write(Buffer.from(wire.slice(at, at + size), 'latin1'), () => resolve()),
            );
            at += size;
          }
          expect(await peer.reply()).toMatch(/^250/);
          expect(raw(received.at(-1))).toBe(content);
          peer.socket.destroy();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes mail from swaks', async () => {
    const { server, received } = await listening();
    const folder = await mkdtemp(join(tmpdir(), 'smtp-test-'));
    cleanUps.push(() => rm(folder, { recursive: true }));
    const file = join(folder, 'mail.eml');
    await writeFile(file, 'Subject: from swaks\n\n.leading dot\nbody\n');
    const swaks = promisify(execFile)('swaks', [
      '--server',
      '127.0.0.1',
      '--port',
      String(Number(server.door)),
      '--from',
      alice,
      '--to',
      bob,
      '--ehlo',
      'x.onion',
      '--data',
      `@${file}`,
    ]);
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
    const peer = await peerInData(Number(server.door));
    peer.write(`${content}MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nsmuggled\r\n.\r\n`);
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
    expect(received).toEqual([]);
  });

  it.each([1, 2, 3])('finds a bare LF when packets are cut after %i octets', async (size) => {
    const { server, received } = await listening();
    const peer = await peerInData(Number(server.door));
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
    const peer = await peerInData(Number(server.door));
    peer.write('a\0b\r\n.\r\n');
    expect(await peer.rest()).toEqual(['554 5.6.0 NUL is not allowed in a message']);
    expect(received).toEqual([]);
  });

  it('refuses bare LF in commands', async () => {
    const { server } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
    await peer.reply();
    peer.write('EHLO x\n');
    expect(await peer.rest()).toEqual(['554 5.6.0 Every line must end with CR LF']);
  });

  it('hangs up on 10,000 recipients', async () => {
    const { server, received, clock } = await listening();
    const peer = await peerReady(Number(server.door));
    peer.write(`RCPT TO:<${bob}>\r\n`.repeat(10_000));
    const replies = await throughTarpit(clock, peer.rest());
    expect(replies.filter((reply) => reply.startsWith('250'))).toHaveLength(9);
    expect(replies.filter((reply) => reply.startsWith('452 4.5.3 '))).toHaveLength(11);
    expect(replies.at(-1)).toMatch(/^421 4\.7\.0 /);
    expect(received).toEqual([]);
  });

  it('hangs up on guesses of mailboxes and on garbage', async () => {
    const { server, clock } = await listening();
    const peer = await peerReady(Number(server.door));
    peer.write(Array.from({ length: 100 }, (_, index) => `RCPT TO:<guess${String(index)}@${bobOnion}>\r\n`).join(''));
    expect((await throughTarpit(clock, peer.rest())).at(-1)).toMatch(/^421/);
    const other = await SmtpPeer.connected(Number(server.door));
    await other.reply();
    other.write('nonsense\r\n'.repeat(100));
    expect((await throughTarpit(clock, other.rest())).at(-1)).toMatch(/^421/);
  });

  it('hangs up on a command without end', async () => {
    const { server } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
    await peer.reply();
    peer.write('x'.repeat(100_000));
    expect((await peer.rest()).at(-1)).toMatch(/^421/);
  });

  it('refuses an announced size at once', async () => {
    const { server } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
    await peer.reply();
    await peer.ask('EHLO x');
    expect(await peer.ask(`MAIL FROM:<${alice}> SIZE=${String(MAX_MESSAGE_BYTES + 1)}`)).toMatch(/^552 5\.3\.4 /);
  });

  it('refuses a message that grows past the limit, and closes', async () => {
    const { server, received } = await listening();
    const peer = await peerInData(Number(server.door));
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
    const { server, received, clock } = await listening({ budget });
    const first = await peerInData(Number(server.door));
    first.write(`${'x'.repeat(70)}\r\n`.repeat(400));
    await until(() => !budget.has(40 * 1024));
    const second = await peerInData(Number(server.door));
    second.write(`${`${'y'.repeat(70)}\r\n`.repeat(800)}.\r\n`);
    expect(await second.reply()).toMatch(/^452 4\.3\.1 /);
    expect(await throughTarpit(clock, second.ask(`MAIL FROM:<${alice}> SIZE=60000`))).toMatch(/^452 4\.3\.1 /);
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
      const peer = await peerInData(Number(server.door));
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
    const peer = await SmtpPeer.connected(Number(server.door), { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end(`EHLO x\r\nMAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nx\r\n.\r\n`);
    expect((await peer.rest()).at(-1)).toBe('250 2.0.0 Stored');
    expect(received).toHaveLength(1);
  });

  it('answers it also when storing takes its time', async () => {
    let store: (() => void) | undefined;
    const { server } = await listening({
      receive: () => new Promise((resolve) => (store = () => resolve(smtpReplies.stored))),
    });
    const peer = await SmtpPeer.connected(Number(server.door), { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end(`EHLO x\r\nMAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nx\r\n.\r\n`);
    await until(() => store !== undefined);
    // A whole conversation with somebody else: by now the end of the first has been heard.
    await (await peerReady(Number(server.door))).ask('NOOP');
    store?.();
    expect((await peer.rest()).at(-1)).toBe('250 2.0.0 Stored');
  });

  it('ends a connection whose last command is cut off', async () => {
    const { server } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door), { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end('EHLO x\r\nNOO');
    expect((await peer.rest())[0]).toMatch(/^250/);
    await peer.closed;
  });

  it('hangs up on silence', async () => {
    const { server, clock } = await listening();
    const peer = await peerInData(Number(server.door));
    clock.advance(SMTP_IDLE_TIMEOUT_MS + 1);
    expect(await peer.rest()).toEqual(['421 4.4.2 Nothing was heard for too long']);
  });

  it('leaves no timer behind for a peer that has gone', async () => {
    const { server, clock } = await listening();
    const peer = await SmtpPeer.introduced(Number(server.door));
    expect(clock.untilNextTimer()).toBeDefined();
    await peer.ask('QUIT');
    peer.close();
    await expect.poll(() => clock.untilNextTimer()).toBeUndefined();
  });

  it('hangs up on an octet a minute', async () => {
    const { server, clock, received } = await listening();
    const peer = await SmtpPeer.connected(Number(server.door));
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
    const peer = await peerInData(Number(server.door));
    peer.write('x\r\n.\r\n');
    await until(() => isStoring);
    clock.advance(SMTP_CONNECTION_TIMEOUT_MS + SMTP_IDLE_TIMEOUT_MS);
    store(smtpReplies.stored);
    expect(await peer.reply()).toMatch(/^250/);
  });
});

describe('progress and end', () => {
  it('tells how far a mail has come, not for every packet', async () => {
    const { server, progress } = await listening();
    const size = 1024 * 1024;
    const peer = await peerReady(Number(server.door), { size });
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
    const idle = await peerReady(Number(server.door));
    const busy = await peerInData(Number(server.door));
    busy.write('x\r\n.\r\n');
    await until(() => isStoring);
    const stopped = server.stop();
    expect(await idle.rest()).toEqual(['421 4.3.2 Closing, try again later']);
    store(smtpReplies.stored);
    expect((await busy.rest())[0]).toBe('250 2.0.0 Stored');
    await stopped;
  });
});
