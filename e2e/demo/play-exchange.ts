import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun, testPassphrase } from '../harness/people/first-run';
import { launchApp, type RunningApp } from '../harness/window/launch-app';
import { saveScreenshot } from '../harness/window/screenshot';
import { openFolder, openMessage, writeMail } from '../harness/people/write-mail';
import type { Tornet } from '../tornet/tornet';
import { checkWithGnupg } from './check-with-gnupg';

const greeting = 'Dear Bob, this letter went from my computer to yours and through no server.';
const answer = 'Dear Alice, and so did this one.';

type Say = (text: string) => void;
type Person = RunningApp & { readonly address: string };

/** Alice writes to Bob, Bob accepts her and answers, and GnuPG opens Alice's letter with the keys they exported. */
export async function playExchange(o: { tornet: Tornet; say: Say }): Promise<void> {
  const windows = await Promise.all(
    ['alice', 'bob'].map((name) => launchApp({ name, torrc: o.tornet.clientTorrcLines })),
  );
  try {
    const [alice, bob] = await Promise.all(
      windows.map((window, index) => welcome(window, index === 0 ? 'alice' : 'bob')),
    );
    if (!alice || !bob) throw new Error('A window is missing');
    o.say('two windows are open, each with an identity of its own');
    await exchange({ alice, bob, say: o.say });
    await proveWithGnupg({ alice, bob, say: o.say });
    o.say('delivered');
  } finally {
    await Promise.all(windows.map((window) => window.close()));
    for (const window of windows) window.remove();
  }
}

async function welcome(window: RunningApp, localPart: string): Promise<Person> {
  await saveScreenshot(window.page, `demo-first-run-${localPart}`);
  const address = await firstRun(window.page, { localPart });
  await window.page.locator('[data-testid="tor-status"][data-phase="online"]').waitFor();
  return { ...window, address };
}

async function exchange({ alice, bob, say }: { alice: Person; bob: Person; say: Say }): Promise<void> {
  await writeMail(alice.page, { to: [bob.address], subject: 'A letter', text: greeting });
  say('Alice has written to Bob; her program asks his onion for his key');
  await openFolder(bob.page, 'requests');
  await openMessage(bob.page, 'A letter');
  await bob.page.getByTestId('message-text').getByText(greeting).waitFor();
  say("Bob reads it among his requests, under the badge of Alice's onion");
  await saveScreenshot(bob.page, 'demo-request');

  await bob.page.getByTestId('accept-request').click();
  await openFolder(bob.page, 'inbox');
  await openMessage(bob.page, 'A letter');
  await bob.page.getByTestId('reply').click();
  await bob.page.getByTestId('compose-text').fill(answer);
  await bob.page.getByTestId('compose-send').click();
  await bob.page.getByTestId('composer').waitFor({ state: 'detached' });
  say('Bob has accepted Alice and answered');
  await openMessage(alice.page, 'Re: A letter');
  await alice.page.getByTestId('message-text').getByText(answer).waitFor();
  say('Alice reads the answer in her inbox');
  await saveScreenshot(alice.page, 'demo-answer');
}

async function proveWithGnupg({ alice, bob, say }: { alice: Person; bob: Person; say: Say }): Promise<void> {
  await openFolder(bob.page, 'inbox');
  await openMessage(bob.page, 'A letter');
  await bob.page.getByTestId('message-menu').first().click();
  await bob.page.getByTestId('save-eml').click();
  await bob.page.getByText('Message saved').waitFor();
  await exportSecretKey(bob);
  await exportPublicKey(alice);
  const [verdict, certification] = await checkWithGnupg({
    secretKey: savedFile(bob, '-secret.asc'),
    passphrase: testPassphrase,
    senderKeys: savedFile(alice, '-public.asc'),
    eml: savedFile(bob, '.eml'),
    sender: alice.address,
    expectedText: greeting.slice(0, 40),
  });
  say(`GnuPG opens the saved letter with Bob's exported key: ${verdict}`);
  say(`GnuPG finds the certification of Alice's key by her onion good: ${certification}`);
}

async function exportSecretKey({ page }: Person): Promise<void> {
  await page.getByTestId('identity-details').click();
  await page.getByTestId('identity-tab-key').click();
  await page.getByTestId('export-secret-key').click();
  await page.getByTestId('new-passphrase').fill(testPassphrase);
  await page.getByTestId('repeat-passphrase').fill(testPassphrase);
  await page.getByTestId('export-secret-confirm').click();
  await page.getByText('Secret key saved').waitFor();
}

async function exportPublicKey({ page }: Person): Promise<void> {
  await page.getByTestId('identity-details').click();
  await page.getByTestId('identity-tab-key').click();
  await page.getByTestId('export-public-key').click();
  await page.getByText('Public key saved').waitFor();
}

function savedFile({ saveDirectory }: Person, ending: string): string {
  const name = readdirSync(saveDirectory).find((each) => each.endsWith(ending));
  if (name === undefined) throw new Error(`The window saved no ${ending} file`);
  return join(saveDirectory, name);
}
