import { expect, test } from 'playwright/test';
import { Person } from '../harness/people/person';
import type { Door } from '../harness/process/listening-doors';
import { programOf, processTree } from '../harness/process/process-tree';
import { StrangerFlood } from '../harness/people/stranger-flood';
import { servedKey, smtpDoor } from '../harness/tor/tor-facing-doors';
import { tornetLines } from '../harness/tor/tornet-lines';
import { startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';

/** Bob in a window, whom strangers flood; Alice, whom he knows, in another program. */
const bursts = 10;

let bob: WindowPerson;
let alice: Person;
let flood: StrangerFlood;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [bob, alice] = await Promise.all([
    startPerson({ localPart: 'bob', torrc }),
    Person.start({ name: 'alice', torrc, localParts: ['alice'] }),
  ]);
  await alice.send({ from: alice.identity, to: bob.address, subject: 'It is me' });
  await openFolder(bob.page, 'requests');
  await openMessage(bob.page, 'It is me');
  await bob.page.getByTestId('accept-request').click();
  const core = await takingMail(bob);
  const order = { address: bob.address, door: core.door, key: await servedKey(core.pid, bob.address) };
  flood = await StrangerFlood.prepare({
    ...order,
    strangers: 100,
    lettersEach: 20,
    connections: 10_000,
    bursts,
    burstEveryMs: 2_000,
    untilTold: true,
  });
});

test.afterAll(async () => {
  flood.remove();
  await Promise.all([bob.close(), alice.end()]);
  bob.remove();
});

/** The process of the window's program that listens for mail. */
async function takingMail({ app }: WindowPerson): Promise<{ pid: number; door: Door }> {
  const root = app.process().pid!;
  const own = processTree(root).filter((pid) => programOf(pid) === programOf(root));
  return Promise.any(own.map(async (pid) => ({ pid, door: await smtpDoor(pid) })));
}

/** Milliseconds from each key press and click until what it changed was drawn (Event Timing API). */
async function measureInteractions({ page }: WindowPerson): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const durations: number[] = [];
    Object.assign(window, { durations });
    new PerformanceObserver((list) => durations.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'event',
      durationThreshold: 16,
    } as PerformanceObserverInit);
  });
  return () => page.evaluate(() => (window as unknown as { durations: number[] }).durations);
}

/** What somebody does with their mail who knows nothing of a flood. */
async function goOnAsEver({ page }: WindowPerson, burst: number): Promise<void> {
  await openFolder(page, 'requests');
  await expect(page.getByTestId('thread-row').first()).toBeVisible();
  await openFolder(page, 'inbox');
  await openMessage(page, 'It is me');
  await expect(page.getByTestId('message-card')).toContainText('Hello.');
  await writeMail(page, { to: [alice.identity.address], subject: `In burst ${burst}`, text: 'I notice nothing.' });
}

test('10,000 connections and 2,000 mails of strangers leave the window as it was', async () => {
  const interactions = await measureInteractions(bob);
  flood.begin();
  // The flood ends after everything that was begun in it: what it keeps from being done is waited for in vain.
  for (let burst = 0; burst < bursts; burst += 2) {
    await flood.burst(burst);
    await alice.submit({ from: alice.identity, to: bob.address, subject: `From Alice in burst ${burst}` });
    await goOnAsEver(bob, burst);
  }
  flood.enough();
  const { mails, connections } = await flood.report();
  const drawn = (await interactions()).sort((one, other) => one - other);
  process.stdout.write(
    `window in a flood: ${drawn.length} interactions of 16 ms and more, median ${drawn[drawn.length >> 1] ?? 0} ms, longest ${drawn.at(-1) ?? 0} ms;` +
      ` mails of strangers ${JSON.stringify(mails)}, connections ${JSON.stringify(connections)}\n`,
  );
  expect(mails['250']).toBeGreaterThan(0);
  for (let burst = 0; burst < bursts; burst += 2) {
    await alice.received(`In burst ${burst}`);
    await openMessage(bob.page, `From Alice in burst ${burst}`);
  }
});
