import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Person } from '../harness/people/person';
import { startTornet } from '../tornet/tornet';
import type { Tornet } from '../tornet/tornet';

let alice: Person;
let bob: Person;
/** A network of its own, because it is frozen here. */
let tornet: Tornet;

beforeAll(async () => {
  tornet = await startTornet();
  const torrc = tornet.clientTorrcLines;
  [alice, bob] = await Promise.all([
    Person.start({ name: 'alice', torrc, localParts: ['alice'] }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
  await bothWays('before the trouble');
});

afterAll(async () => {
  await Promise.all([alice, bob].map((person) => person.end()));
  await tornet.stop();
});

/** A message each way; resolves when both have arrived. */
async function bothWays(subject: string): Promise<void> {
  const pairs = [
    [alice, bob],
    [bob, alice],
  ] as const;
  await Promise.all(
    pairs.map(async ([from, to]) => {
      await from.send({ from: from.identity, to: to.identity.address, subject });
      await to.received(subject);
    }),
  );
}

/** Shown and not judged: mail that does not go by itself never arrives, and is waited for in vain. */
function say(what: string, since: number): void {
  process.stderr.write(`${what}: ${((performance.now() - since) / 1_000).toFixed(1)} s\n`);
}

test('tor is killed while mail is queued: it is said, mail waits, and goes by itself', async () => {
  const since = alice.core.mark;
  const killed = performance.now();
  const pid = await alice.killTor();
  const trouble = await alice.phase('restarting', since);
  expect(trouble.summary).toBe('Tor ended and is being started again');
  const { stdout } = await alice.node.posthorn(['tor', '--json']);
  expect(JSON.parse(stdout)).not.toMatchObject({ phase: 'online' });
  const waiting = await alice.submit({
    from: alice.identity,
    to: bob.identity.address,
    subject: 'written without Tor',
  });
  await alice.delivery(waiting, 'waiting-for-tor');
  const toAlice = bob.submit({ from: bob.identity, to: alice.identity.address, subject: 'to somebody without Tor' });

  await alice.phase('online', since);
  const restarted = await alice.tor();
  expect(await restarted.pid()).not.toBe(pid);
  restarted.close();
  await alice.delivery(waiting, 'delivered');
  await bob.received('written without Tor');
  say('own tor killed, own mail delivered', killed);
  await bob.delivery(await toAlice, 'delivered');
  say('own tor killed, both directions', killed);
  await bothWays('after the kill');
});

test('tor is killed while a message is on its way', async () => {
  const message = await alice.submit({
    from: alice.identity,
    to: bob.identity.address,
    subject: 'broken off',
    file: new Uint8Array(8 << 20).map((_, index) => index * 7),
  });
  await alice.core.event(
    (event) =>
      event.type === 'transfer.progressed' && event.transfer.messageId === message.id && event.transfer.bytes > 0
        ? true
        : undefined,
    {
      what: 'octets to go out',
    },
  );
  const killed = performance.now();
  await alice.killTor();
  await alice.delivery(message, 'delivered');
  say('tor killed in a transfer, delivered', killed);
  await bob.received('broken off');
  expect((await bob.mail()).filter((subject) => subject === 'broken off')).toHaveLength(1);
});

test('the peer’s tor is killed: their mail and ours go on by themselves', async () => {
  const since = bob.core.mark;
  const killed = performance.now();
  await bob.killTor();
  const message = await alice.submit({
    from: alice.identity,
    to: bob.identity.address,
    subject: 'to a peer without Tor',
  });
  const back = await bob.submit({ from: bob.identity, to: alice.identity.address, subject: 'from a peer without Tor' });
  await bob.phase('restarting', since);
  await Promise.all([alice.delivery(message, 'delivered'), bob.delivery(back, 'delivered')]);
  say('peer’s tor killed, both directions', killed);
  await Promise.all([bob.received('to a peer without Tor'), alice.received('from a peer without Tor')]);
});

test('the network freezes and thaws: mail flows again by itself', async () => {
  const tor = await alice.tor();
  await tor.command('SETEVENTS STREAM');
  tornet.freeze();
  const messages = [
    alice.submit({ from: alice.identity, to: bob.identity.address, subject: 'into the frost' }),
    bob.submit({ from: bob.identity, to: alice.identity.address, subject: 'out of the frost' }),
  ] as const;
  try {
    // The first try hangs, and so does the one that is made beside it.
    await tor.seen(/^STREAM \d+ NEW /u, 2);
    expect((await messages[0]).deliveries).toHaveLength(1);
    expect(await alice.core.call('outbox.list', { identityId: alice.identity.id })).toMatchObject([
      { state: 'delivering' },
    ]);
  } finally {
    tornet.thaw();
    tor.close();
  }
  const thawed = performance.now();
  await Promise.all([alice.delivery(await messages[0], 'delivered'), bob.delivery(await messages[1], 'delivered')]);
  say('network thawed, both directions', thawed);
  await Promise.all([bob.received('into the frost'), alice.received('out of the frost')]);
});

test('the program is killed: its tor goes too, and a new start continues the outbox', async () => {
  const tor = await alice.tor();
  const pid = await tor.pid();
  tor.close();
  const since = bob.core.mark;
  await bob.killTor();
  await bob.phase('restarting', since);
  const message = await alice.submit({
    from: alice.identity,
    to: bob.identity.address,
    subject: 'survives the program',
  });
  const killed = performance.now();
  await alice.node.stop('SIGKILL');
  await gone(pid);
  say('program killed, its tor gone', killed);

  const again = await Person.start({ name: 'alice', profile: alice.node.profile, torrc: tornet.clientTorrcLines });
  const { node } = alice;
  alice.core.close();
  alice = again;
  await bob.received('survives the program');
  say('program killed and started, mail arrived', killed);
  await expect
    .poll(async () => (await again.core.call('outbox.list', { identityId: again.identity.id })).length)
    .toBe(0);
  expect((await bob.mail()).filter((subject) => subject === message.subject)).toHaveLength(1);
  await bothWays('after the program was killed');
  expect(node.pid).not.toBe(again.node.pid);
});

/** Resolves when no such process is left; a dead one that nobody has waited for counts as gone. */
async function gone(pid: number): Promise<void> {
  await expect
    .poll(() => !existsSync(`/proc/${pid}`) || /^State:\tZ/mu.test(readFileSync(`/proc/${pid}/status`, 'utf8')), {
      interval: 50,
    })
    .toBe(true);
}
