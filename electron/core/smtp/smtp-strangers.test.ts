import { afterEach, describe, expect, it } from 'vitest';
import { present } from '../../../shared/present';
import { BUSY_RECEIVING, MAX_SMTP_ERRORS, MAX_TARPIT_MS, SMTP_SLOW_AFTER_MS, TARPIT_STEP_MS } from '../domain/limits';
import { smtpReplies } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import { SmtpPeer, throughTarpit } from '../testing/smtp-peer';
import {
  alice,
  bob,
  clientOnion,
  holderOnion,
  peerInData,
  peerReady,
  startTestListener,
  stranger,
  token,
  until,
  type ListenerOptions,
  type TestListener,
} from '../testing/test-listener';
import { createReceivingBudget } from './receiving-budget';

const KIB = 1024;
const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function listening(o: ListenerOptions = {}): Promise<TestListener> {
  const listener = await startTestListener(o);
  cleanUps.push(() => listener.server.stop());
  return listener;
}

const lines = (octets: number): Buffer => Buffer.alloc(octets, `${'x'.repeat(62)}\r\n`);

describe('when strangers have every place', () => {
  const busy = '451 4.7.1 Much mail is arriving, try again in a few minutes';

  async function taken(o: ListenerOptions = {}): Promise<TestListener & { peers: SmtpPeer[] }> {
    const listener = await listening(o);
    const peers = await Promise.all(
      Array.from({ length: BUSY_RECEIVING }, (_, index) => peerInData(listener.port, { from: stranger(index) })),
    );
    return { ...listener, peers };
  }

  it('another is asked to come back, and may when one has gone', async () => {
    const { port, peers } = await taken();
    const ninth = await SmtpPeer.introduced(port);
    expect(await ninth.ask(`MAIL FROM:<${stranger(9)}>`)).toMatch(/^250/);
    expect(await ninth.ask(`RCPT TO:<${bob}>`)).toBe(busy);
    expect(await peers[0]?.ask('x\r\n.')).toMatch(/^250/);
    expect(await ninth.ask(`RCPT TO:<${bob}>`)).toMatch(/^250/);
    expect(await ninth.ask('DATA')).toMatch(/^354/);
  });

  it('a peer that hangs up gives its place back', async () => {
    const { port, peers, budget } = await taken();
    for (const peer of peers) peer.write(lines(KIB));
    await until(() => !budget.strangers.has(110 * KIB * KIB));
    for (const peer of peers) peer.close();
    await until(() => budget.strangers.has(110 * KIB * KIB));
    for (let index = 0; index < BUSY_RECEIVING; index += 1) await peerInData(port, { from: stranger(index) });
  });

  it('a contact, a token and a holder go on', async () => {
    const { port, received } = await taken();
    for (const who of [
      { from: alice },
      { from: '', to: `${token}@${clientOnion}` },
      { from: '', greeting: holderOnion },
    ]) {
      const peer = await peerInData(port, who);
      expect(await peer.ask('x\r\n.')).toMatch(/^250/);
    }
    expect(received).toHaveLength(3);
  });

  it('a peer that was let in before is sent away before the content', async () => {
    const listener = await listening();
    const early = await peerReady(listener.port, { from: stranger(20) });
    for (let index = 0; index < BUSY_RECEIVING; index += 1) await peerInData(listener.port, { from: stranger(index) });
    expect(await early.ask('DATA')).toBe(busy);
    expect(await early.ask('NOOP')).toMatch(/^250/);
  });

  it('one that is being unsealed has its place until it is stored', async () => {
    const finish: (() => void)[] = [];
    const { port, peers } = await taken({
      receive: () => new Promise((resolve) => finish.push(() => resolve(smtpReplies.stored))),
    });
    for (const peer of peers) peer.write('x\r\n.\r\n');
    await until(() => finish.length === BUSY_RECEIVING);
    const ninth = await SmtpPeer.introduced(port);
    await ninth.ask(`MAIL FROM:<${stranger(9)}>`);
    expect(await ninth.ask(`RCPT TO:<${bob}>`)).toBe(busy);
    finish[0]?.();
    expect(await Promise.race(peers.map((peer) => peer.reply()))).toMatch(/^250/);
    expect(await ninth.ask(`RCPT TO:<${bob}>`)).toMatch(/^250/);
    for (const each of finish) each();
  });

  it('a peer that only holds a place gives way', async () => {
    const { port, clock, peers } = await taken();
    clock.advance(SMTP_SLOW_AFTER_MS + 1_000);
    await peerInData(port, { from: stranger(9) });
    expect(await Promise.race(peers.map((peer) => peer.rest()))).toEqual([
      '421 4.3.2 Too slow while others wait, try again later',
    ]);
  });

  it('they have half of the memory at most', async () => {
    const { port, budget, clock, received } = await listening({ budget: createReceivingBudget(128 * KIB) });
    const first = await peerInData(port, { from: stranger(1) });
    first.write(lines(40 * KIB));
    await until(() => !budget.strangers.has(40 * KIB));
    const second = await peerInData(port, { from: stranger(2) });
    second.write(lines(40 * KIB));
    expect(await second.ask('.')).toMatch(/^452 4\.3\.1 /);
    await second.ask(`MAIL FROM:<${stranger(2)}> SIZE=40960`);
    expect(await throughTarpit(clock, second.ask(`RCPT TO:<${bob}>`))).toMatch(/^452 4\.3\.1 /);
    const known = await peerInData(port, { from: alice, size: 40 * KIB });
    known.write(lines(40 * KIB));
    expect(await known.ask('.')).toMatch(/^250/);
    expect(received).toHaveLength(1);
    expect(await first.ask('.')).toMatch(/^250/);
    expect(budget.has(128 * KIB) && budget.strangers.has(64 * KIB)).toBe(true);
  });
});

describe('a peer that errs', () => {
  it('waits longer each time, what was pipelined too, and no other peer does', async () => {
    const { port, clock } = await listening();
    const peer = await SmtpPeer.introduced(port);
    const other = await SmtpPeer.introduced(port);
    peer.write(`MAIL FROM:<${stranger(1)}>\r\n${`RCPT TO:<carol@${clientOnion}>\r\n`.repeat(3)}NOOP\r\n`);
    expect(await peer.reply()).toMatch(/^250/);
    expect(await peer.reply()).toMatch(/^550 5\.1\.1 /);
    for (const wait of [TARPIT_STEP_MS, 2 * TARPIT_STEP_MS]) {
      const next = peer.reply();
      let isAnswered = false;
      void next.then(() => (isAnswered = true));
      expect(await other.ask('NOOP')).toMatch(/^250/);
      clock.advance(wait - 1);
      expect(await other.ask('NOOP')).toMatch(/^250/);
      expect(isAnswered).toBe(false);
      clock.advance(1);
      expect(await next).toMatch(/^550 5\.1\.1 /);
    }
    expect(await peer.reply()).toMatch(/^250/);
  });

  it('waits two seconds at most, and is hung up on in the end', async () => {
    const { port, clock } = await listening();
    const peer = await SmtpPeer.introduced(port);
    const start = clock.now();
    const waits: number[] = [];
    for (let count = 0; count <= MAX_SMTP_ERRORS; count += 1) {
      const before = clock.now();
      expect(await throughTarpit(clock, peer.ask('RCPT TO:<x@y.z>'))).toMatch(/^503/);
      waits.push(clock.now() - before);
    }
    expect(waits).toEqual(
      Array.from({ length: MAX_SMTP_ERRORS + 1 }, (_, index) => Math.min(index * TARPIT_STEP_MS, MAX_TARPIT_MS)),
    );
    expect(await peer.rest()).toEqual(['421 4.7.0 Too many errors']);
    expect(clock.now() - start).toBe(11_000);
  });

  it('leaves no timer behind when the connection breaks', async () => {
    const { port, clock } = await listening();
    const peer = await SmtpPeer.introduced(port);
    peer.write('RCPT TO:<x@y.z>\r\n'.repeat(3));
    expect(await peer.reply()).toMatch(/^503/);
    await until(() => clock.untilNextTimer() === TARPIT_STEP_MS);
    peer.socket.resetAndDestroy();
    await until(() => clock.untilNextTimer() === undefined);
  });

  it('does not get around the wait by closing its side', async () => {
    const { port, clock } = await listening();
    const peer = await SmtpPeer.connected(port, { allowHalfOpen: true });
    await peer.reply();
    peer.socket.end('EHLO x\r\nRCPT TO:<x@y.z>\r\nRCPT TO:<x@y.z>\r\nNOOP\r\n');
    expect(await peer.reply()).toMatch(/^250/);
    expect(await peer.reply()).toMatch(/^503/);
    await until(() => clock.untilNextTimer() === TARPIT_STEP_MS);
    clock.advance(TARPIT_STEP_MS);
    expect((await peer.rest()).map((reply) => reply.slice(0, 3))).toEqual(['503', '250']);
    await until(() => clock.untilNextTimer() === undefined);
  });

  it('with content waits for that reply too, and the next mail behind it', async () => {
    const replies: SmtpReply[] = [smtpReplies.notSigned, smtpReplies.notSigned, smtpReplies.stored];
    const { port, clock, received } = await listening({
      receive: () => Promise.resolve(replies.shift() ?? smtpReplies.stored),
    });
    const peer = await peerInData(port);
    expect(await peer.ask('x\r\n.')).toMatch(/^550/);
    const again = `MAIL FROM:<${alice}>\r\nRCPT TO:<${bob}>\r\nDATA\r\n`;
    peer.write(again);
    for (const code of ['250', '250', '354']) expect((await peer.reply()).slice(0, 3)).toBe(code);
    peer.write(`x\r\n.\r\n${again}`);
    await until(() => clock.untilNextTimer() === TARPIT_STEP_MS);
    clock.advance(TARPIT_STEP_MS);
    for (const code of ['550', '250', '250', '354']) expect((await peer.reply()).slice(0, 3)).toBe(code);
    expect(await peer.ask('y\r\n.')).toMatch(/^250/);
    expect(received).toHaveLength(1);
  });
});

describe('content past the room of a recipient', () => {
  const held = { from: '', to: `${token}@${clientOnion}`, greeting: '[127.0.0.1]' };

  it.each([undefined, 60_000])('is refused in the middle, announced as %s, and nothing of it is kept', async (size) => {
    const { port, budget, received } = await listening({ room: 64 * KIB });
    const peer = await peerInData(port, { ...held, ...present({ size }) });
    peer.write(lines(300 * KIB));
    expect(await peer.ask('.')).toBe('452 4.2.2 There is no room for so large a message, try again later');
    expect(received).toEqual([]);
    expect(budget.has(220 * KIB * KIB)).toBe(true);
    // The connection is as good as before.
    expect(await peer.transact({ from: '', to: held.to, raw: Buffer.from('small\r\n') })).toMatchObject({
      content: '250 2.0.0 Stored',
    });
  });

  it('is refused before it comes when it was announced', async () => {
    const { port } = await listening({ room: 64 * KIB });
    const peer = await SmtpPeer.introduced(port, '[127.0.0.1]');
    expect(await peer.ask('MAIL FROM:<> SIZE=65537')).toMatch(/^250/);
    expect(await peer.ask(`RCPT TO:<${held.to}>`)).toMatch(/^452 4\.2\.2 /);
    expect(await peer.ask('NOOP')).toMatch(/^250/);
  });

  it('is taken to the last octet that there is room for', async () => {
    const { port, received } = await listening({ room: 64 * KIB });
    const peer = await peerInData(port, { ...held, size: 64 * KIB });
    peer.write(lines(64 * KIB));
    expect(await peer.ask('.')).toMatch(/^250/);
    expect(received[0]?.raw).toHaveLength(64 * KIB);
  });
});
