import { startTornet } from './tornet';

/**
 * Playwright's global set-up: one private Tor network for all specs of the run. A spec finds its lines with
 * `tornetLines()` (harness/tornet-lines), or by POSTHORN_TEST_TORRC in its environment, a JSON array.
 * @returns what takes the network down again
 */
async function setUp(): Promise<() => Promise<void>> {
  const tornet = await startTornet();
  process.env['POSTHORN_TEST_TORRC'] = JSON.stringify(tornet.clientTorrcLines);
  return () => tornet.stop();
}

/** Playwright asks for a default export. */
export { setUp as default };
