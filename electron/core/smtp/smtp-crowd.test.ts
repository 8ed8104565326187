import { afterEach, describe, expect, it } from 'vitest';
import {
  MAX_MESSAGES_PER_CONNECTION,
  MAX_SMTP_CONNECTIONS,
  MAX_SMTP_CONNECTIONS_PER_SENDER,
  MAX_SMTP_NEWCOMERS,
  SMTP_SLOW_AFTER_MS,
  SMTP_SLOW_BYTES_PER_SECOND,
  SMTP_UNKNOWN_AFTER_MS,
} from '../domain/limits';
import { smtpReplies } from '../domain/smtp-replies';
import type { SmtpReply } from '../domain/refusals';
import { SmtpPeer } from '../testing/smtp-peer';
import {
  alice,
  bob,
  clientOnion,
  friend,
  peerInData,
  peerReady,
  startTestListener,
  stranger,
  token,
  until,
  type ListenerOptions,
  type TestListener,
} from '../testing/test-listener';

const cleanUps: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanUps.splice(0).map((cleanUp) => cleanUp()));
});

async function listening(o: ListenerOptions = {}): Promise<TestListener> {
  const listener = await startTestListener(o);
  cleanUps.push(() => listener.server.stop());
  return listener;
}

/** Expected, because it has shown a token; it names no sender. */
const expected = { from: '', to: `${token}@${clientOnion}` };

const many = <T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** A handler that stores until it is told to stop. */
function heldStoring(): { receive: () => Promise<SmtpReply>; started: () => boolean; finish: () => void } {
  let finish: () => void = () => undefined;
  let isStoring = false;
  const receive = (): Promise<SmtpReply> => {
    isStoring = true;
    return new Promise((resolve) => (finish = () => resolve(smtpReplies.stored)));
  };
  return { receive, started: () => isStoring, finish: () => finish() };
}

describe('when there are too many newcomers', () => {
  it('and none has had its time, a new one is sent away at once', async () => {
    const { port } = await listening();
    const peers = await many(MAX_SMTP_NEWCOMERS, () => SmtpPeer.connected(port));
    for (const peer of peers) expect(await peer.reply()).toMatch(/^220/);
    const extra = await SmtpPeer.connected(port);
    expect(await extra.rest()).toEqual(['421 4.3.2 Too many connections, try again later']);
    peers[0]?.close();
    await peers[0]?.closed;
    let greeting = '';
    while (!greeting.startsWith('220')) greeting = await (await SmtpPeer.connected(port)).reply();
  });

  it('the oldest gives way, however fast it is', async () => {
    const { port, clock, progress } = await listening();
    const first = await peerInData(port, { from: stranger(1) });
    first.write(Buffer.alloc(300_000, `${'x'.repeat(62)}\r\n`));
    await until(() => progress.length > 0);
    clock.advance(100);
    const others = await many(MAX_SMTP_NEWCOMERS - 1, () => SmtpPeer.introduced(port));
    clock.advance(SMTP_UNKNOWN_AFTER_MS - 50);
    expect(await (await SmtpPeer.connected(port)).reply()).toMatch(/^220/);
    expect((await first.rest()).at(-1)).toMatch(/^421 4\.3\.2 Too slow/);
    // The others are not old enough.
    expect(await (await SmtpPeer.connected(port)).reply()).toMatch(/^421 4\.3\.2 Too many/);
    expect(await others[0]?.ask('NOOP')).toMatch(/^250/);
  });

  it('no peer is closed that is storing or expected', async () => {
    const storing = heldStoring();
    const { port, clock } = await listening({ receive: storing.receive });
    const contact = await peerReady(port);
    const busy = await peerInData(port, { from: stranger(1) });
    busy.write('x\r\n.\r\n');
    await until(storing.started);
    clock.advance(SMTP_UNKNOWN_AFTER_MS + 1);
    await many(MAX_SMTP_NEWCOMERS - 1, () => SmtpPeer.connected(port));
    expect(await (await SmtpPeer.connected(port)).reply()).toMatch(/^421 4\.3\.2 Too many/);
    storing.finish();
    expect(await busy.reply()).toBe('250 2.0.0 Stored');
    expect(await contact.ask('NOOP')).toMatch(/^250/);
  });

  it('a contact gets in, and the mail arrives, one by one', async () => {
    const { port, clock, received } = await listening();
    const idle = await many(MAX_SMTP_NEWCOMERS, () => SmtpPeer.connected(port));
    for (const peer of idle) expect(await peer.reply()).toMatch(/^220/);
    clock.advance(SMTP_UNKNOWN_AFTER_MS + 1);
    for (let count = 1; count <= 3; count += 1) {
      const peer = await peerInData(port);
      expect(await peer.ask('x\r\n.')).toMatch(/^250/);
      expect(received).toHaveLength(count);
      expect(await peer.ask('QUIT')).toMatch(/^221/);
    }
    expect((await idle[0]?.rest())?.at(-1)).toMatch(/^421 4\.3\.2 Too slow/);
  });

  it('peers who say QUIT and do not hang up take no place', async () => {
    const { port } = await listening();
    for (let round = 0; round < 4; round += 1) {
      const peers = await many(MAX_SMTP_NEWCOMERS / 2, () => SmtpPeer.connected(port, { allowHalfOpen: true }));
      for (const peer of peers) {
        expect(await peer.reply()).toMatch(/^220/);
        expect(await peer.ask('QUIT')).toMatch(/^221/);
      }
    }
    expect(await (await peerReady(port)).ask('NOOP')).toMatch(/^250/);
  });
});

describe('when every connection is taken by those we expect', () => {
  async function taken({ port, clock }: TestListener): Promise<SmtpPeer[]> {
    const peers = await many(MAX_SMTP_CONNECTIONS, () => peerInData(port, expected));
    clock.advance(SMTP_SLOW_AFTER_MS + 1_000);
    return peers;
  }

  it('the slowest gives way to a new one, whose mail arrives', async () => {
    const listener = await listening();
    const peers = await taken(listener);
    // All but the tenth have sent a little more than their commands.
    for (const [index, peer] of peers.entries()) {
      if (index !== 10) peer.write('x\r\n');
    }
    // A reply to the last command of another connection: by now the listener has heard those before it.
    const probe = await peerInData(listener.port);
    expect((await peers[10]!.rest()).at(-1)).toBe('421 4.3.2 Too slow while others wait, try again later');
    expect(await probe.ask('hello\r\n.')).toBe('250 2.0.0 Stored');
    expect(listener.received).toHaveLength(1);
  });

  it('64 slow peers do not keep out 64 others', async () => {
    const listener = await listening();
    const peers = await taken(listener);
    for (let index = 0; index < MAX_SMTP_CONNECTIONS; index += 1) await peerReady(listener.port, expected);
    for (const peer of peers) expect((await peer.rest()).at(-1)).toMatch(/^421 4\.3\.2 Too slow/);
  });

  it('no peer gives way that is fast, new, or storing', async () => {
    const held = heldStoring();
    const { port, clock, progress } = await listening({ receive: held.receive });
    const storing = await peerInData(port);
    storing.write('x\r\n.\r\n');
    await until(held.started);
    const fast = await peerInData(port);
    fast.write(Buffer.alloc(5 * SMTP_SLOW_BYTES_PER_SECOND * (SMTP_SLOW_AFTER_MS / 1_000), `${'x'.repeat(62)}\r\n`));
    await until(() => progress.length > 0);
    clock.advance(SMTP_SLOW_AFTER_MS + 1_000);
    await many(MAX_SMTP_CONNECTIONS - 2, (index) => peerReady(port, { from: friend(index) }));
    const extra = await SmtpPeer.introduced(port);
    expect(await extra.ask(`MAIL FROM:<${friend(100)}>`)).toBe('421 4.3.2 Too many connections, try again later');
    // Nor does one more whose token says it.
    await expect(peerReady(port, expected)).rejects.toThrow('421 4.3.2 Too many');
    held.finish();
    expect(await storing.reply()).toBe('250 2.0.0 Stored');
  });
});

describe('one sender', () => {
  const tooMany = '421 4.7.0 This sender has too many connections open';

  it.each([
    ['peers who claim the name and are new', { from: alice }],
    ['a contact of a client with one token', expected],
  ])('who has every place gives way to a contact: %s', async (_who, claimed) => {
    const { port } = await listening();
    const oldest = await peerReady(port, claimed);
    const others = await many(MAX_SMTP_CONNECTIONS - 1, () => peerReady(port, claimed));
    // Whatever they say afterwards.
    await others[5]?.ask('RSET');
    await others[5]?.ask(`MAIL FROM:<${stranger(5)}>`);
    const contact = await peerInData(port, { from: friend(1) });
    expect(await oldest.rest()).toEqual([tooMany]);
    const alices = await peerInData(port);
    expect((await Promise.race(others.map((other) => other.rest()))).at(-1)).toBe(tooMany);
    for (const peer of [contact, alices]) expect(await peer.ask('x\r\n.')).toMatch(/^250/);
  });

  it('keeps four, and any number while no other wants the place', async () => {
    const { port } = await listening();
    const kept = await many(MAX_SMTP_CONNECTIONS_PER_SENDER, () => peerReady(port));
    const others = MAX_SMTP_CONNECTIONS - MAX_SMTP_CONNECTIONS_PER_SENDER;
    await many(others - 1, (index) => peerReady(port, { from: friend(index) }));
    const fifth = await peerReady(port);
    await peerReady(port, { from: friend(others) });
    // Of five the oldest has gone; of four none goes.
    await expect(peerReady(port, { from: friend(100) })).rejects.toThrow('421 4.3.2 Too many');
    expect(await Promise.race(kept.map((peer) => peer.rest()))).toEqual([tooMany]);
    expect(await fifth.ask('NOOP')).toMatch(/^250/);
  });

  it('that is a stranger is one of many newcomers, whatever their name', async () => {
    const { port } = await listening();
    await many(3 * MAX_SMTP_CONNECTIONS_PER_SENDER, () => peerReady(port, { from: stranger(1) }));
    expect(await (await peerInData(port, { from: stranger(1) })).ask('x\r\n.')).toMatch(/^250/);
  });

  it('sends 100 messages on one connection', async () => {
    const { port, received } = await listening();
    const peer = await SmtpPeer.introduced(port);
    for (let count = 0; count < MAX_MESSAGES_PER_CONNECTION; count += 1) {
      expect((await peer.transact({ from: alice, to: bob, raw: Buffer.from('x') })).content).toMatch(/^250/);
    }
    expect(await peer.ask(`MAIL FROM:<${alice}>`)).toMatch(/^421 4\.7\.0 /);
    expect(received).toHaveLength(MAX_MESSAGES_PER_CONNECTION);
    expect(await (await peerReady(port)).ask('NOOP')).toMatch(/^250/);
  });
});

it('2,000 connections leave no timer behind, whichever way they end', async () => {
  const { port, clock, budget } = await listening();
  const ways = [
    async () => (await SmtpPeer.connected(port)).close(),
    async () => void (await SmtpPeer.connected(port)).socket.resetAndDestroy(),
    async () => void (await SmtpPeer.connected(port)).socket.end('EHLO x\r\nnonsense\r\nnonsense\r\nnonsense\r\n'),
    async () =>
      void (await SmtpPeer.connected(port)).socket.end(
        `EHLO x\r\nMAIL FROM:<${stranger(1)}>\r\nRCPT TO:<${bob}>\r\nDATA\r\nhalf`,
      ),
  ];
  for (let round = 0; round < 40; round += 1)
    await many(50, (index) => ways[index % ways.length]?.() ?? Promise.resolve());
  // Only what a reply that is held back waits for is still due; then nothing.
  for (let wait = clock.untilNextTimer(); wait !== undefined && wait <= 10_000; wait = clock.untilNextTimer())
    clock.advance(wait);
  await until(() => clock.untilNextTimer() === undefined);
  expect(budget.has(220 * 1024 * 1024)).toBe(true);
});
