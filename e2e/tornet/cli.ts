import { inspect } from 'node:util';
import { startTornet } from './tornet';

/**
 * `node dist/e2e/tornet.cjs`: starts the private Tor network, prints `{"torrc":[...],"pids":[...]}` in one line, and
 * stops it when standard input ends or on SIGTERM, SIGINT or SIGHUP.
 */
async function main(): Promise<void> {
  const asked = stopAsked();
  // Asked to stop while starting: simply end, and the network's guardian removes what there is.
  const early = () => process.exit(0);
  const started = startTornet();
  const tornet = await Promise.race([started, asked.then(early)]);
  process.stdout.write(`${JSON.stringify({ torrc: tornet.clientTorrcLines, pids: tornet.pids })}\n`);
  await asked;
  await tornet.stop();
}

function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    const ask = () => resolve();
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, ask);
    process.stdin.on('end', ask).on('close', ask).on('error', ask).resume();
  });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(1);
  },
);
