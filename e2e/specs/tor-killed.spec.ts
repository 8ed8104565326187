import { expect, test } from 'playwright/test';
import { Person } from '../harness/people/person';
import { processTree, programOf } from '../harness/process/process-tree';
import { tornetLines } from '../harness/tor/tornet-lines';
import { reachable, startPerson } from '../harness/window/window-person';
import type { WindowPerson } from '../harness/window/window-person';
import { openFolder, writeMail } from '../harness/people/write-mail';

let alice: WindowPerson;
let bob: Person;

test.beforeAll(async () => {
  const torrc = tornetLines();
  [alice, bob] = await Promise.all([
    startPerson({ localPart: 'alice', torrc }),
    Person.start({ name: 'bob', torrc, localParts: ['bob'] }),
  ]);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), bob.end()]);
  alice.remove();
});

test('tor is killed while mail is queued: the window says so, recovers by itself, and the mail goes', async () => {
  const { page } = alice;
  const paused = await bob.core.call('identities.update', { identityId: bob.identity.id, paused: true });
  expect(paused.reachability).toBe('paused');
  await writeMail(page, { to: [bob.identity.address], subject: 'Through the trouble', text: 'It waits.' });
  await openFolder(page, 'outbox');
  const row = page.getByTestId('thread-row').filter({ hasText: 'Through the trouble' });
  await row.waitFor();
  const [tor] = torsOf(alice);
  if (tor === undefined) throw new Error('The window runs no tor');

  const online = page.locator('[data-testid="tor-status"][data-phase="online"]');
  await online.waitFor();
  const trouble = sawTrouble(alice);
  process.kill(tor, 'SIGKILL');
  const { phase, words } = await trouble;
  expect(phase).toBe('restarting');
  expect(words).toMatch(/restart|again/iu);
  await expect(row).toBeVisible();

  await online.waitFor();
  await reachable(page);
  const [next] = torsOf(alice);
  expect(next).toBeDefined();
  expect(next).not.toBe(tor);
  const back = bob.core.mark;
  await bob.core.call('identities.update', { identityId: bob.identity.id, paused: false });
  await bob.reachable(back);
  await bob.received('Through the trouble');
  await openFolder(page, 'sent');
  await expect(page.locator('[data-testid="row-delivery"][data-state="delivered"]')).toBeVisible();
  await bob.send({ from: bob.identity, to: alice.address, subject: 'And back again' });
  await openFolder(page, 'inbox');
  await page.getByTestId('thread-row').filter({ hasText: 'And back again' }).waitFor();
});

/** The phase and the words of the first moment at which the window shows tor to be anything but online. */
function sawTrouble({ page }: WindowPerson): Promise<{ readonly phase: string; readonly words: string }> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const bar = document.querySelector<HTMLElement>('[data-testid="tor-status"]');
        if (bar === null) throw new Error('The window shows no state of tor');
        const look = () => {
          const phase = bar.dataset['phase'] ?? '';
          if (phase === 'online') return;
          observer.disconnect();
          resolve({ phase, words: bar.querySelector('[role="status"]')?.textContent ?? '' });
        };
        const observer = new MutationObserver(look);
        observer.observe(bar, { attributes: true, childList: true, characterData: true, subtree: true });
        look();
      }),
  );
}

/** Process ids of the tors that the window's program runs. */
function torsOf({ app }: WindowPerson): number[] {
  return processTree(app.process().pid ?? 0).filter((pid) => programOf(pid)?.endsWith('/tor'));
}
