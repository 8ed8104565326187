/**
 * A core of its own process, for tests that kill it: opens the profile in argv, and tells by IPC where its onions
 * listen. Only the Tor network below it is replaced, by ports that the parent connects to.
 */
import { systemClock } from '../runtime/system-clock';
import { jsonLog } from '../runtime/json-log';
import { LoopbackNetwork } from './loopback-onion';
import { makeTestCore } from './make-test-core';

/** Tells the parent of every onion that is published. */
class ToldNetwork extends LoopbackNetwork {
  override publish(...[onion, ports]: Parameters<LoopbackNetwork['publish']>): void {
    super.publish(onion, ports);
    process.send?.({ onion, ports: [...ports] });
  }
}

const [, , directory] = process.argv;
if (directory === undefined) throw new Error('Name the profile to open');
const clock = systemClock();
const log = jsonLog({ write: (line) => void process.stderr.write(line), now: () => clock.now() });
const network = await LoopbackNetwork.listen(new ToldNetwork());
await makeTestCore(network, { clock, directory, log });
