import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { electronArguments, electronProgram } from '../harness/window/electron-program';
import { temporaryFolder } from '../harness/process/temporary-folder';
import { startTornet, type Tornet } from '../tornet/tornet';
import { narrate } from './narrate';
import { playExchange } from './play-exchange';

/** `npm run demo [-- --auto]`: Alice and Bob on a private Tor network, played by people or by itself. */
async function demo(): Promise<void> {
  const say = narrate();
  say('starting a private Tor network of five authorities on this machine (about 15 s)');
  const tornet = await startTornet();
  say('the private Tor network is up');
  try {
    if (process.argv.includes('--auto')) await playExchange({ tornet, say });
    else await openForPeople({ tornet, say });
  } finally {
    await tornet.stop();
  }
}

/** Two windows, each with a profile of its own that goes with the demo; ends when both are closed. */
async function openForPeople(o: { tornet: Tornet; say: (text: string) => void }): Promise<void> {
  o.say('two windows open: choose a passphrase and a name in each, then write from one to the other');
  o.say('addresses are copied with the button beside them; close both windows to end the demo');
  await Promise.all(['alice', 'bob'].map((name) => openWindow(name, o.tornet)));
  o.say('both windows are closed; the profiles of the demo are removed');
}

async function openWindow(name: string, tornet: Tornet): Promise<void> {
  const folder = temporaryFolder(`demo-${name}`);
  const window = spawn(await electronProgram(), [...electronArguments(), '.', '--profile', folder.path], {
    stdio: 'inherit',
    env: { ...process.env, POSTHORN_TEST_TORRC: JSON.stringify(tornet.clientTorrcLines) },
  });
  await once(window, 'exit');
  folder.remove();
}

demo().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
