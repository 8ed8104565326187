/**
 * A Posthorn core in a process of its own, as `bench/receive` measures it: opens the profile in argv and tells its
 * parent by IPC where its SMTP listener is. Ends with its parent.
 */
import { LoopbackNetwork } from '../electron/core/testing/loopback-onion';
import { makeTestCore } from '../electron/core/testing/make-test-core';

const SMTP_PORT = 25;

class ToldNetwork extends LoopbackNetwork {
  override publish(...[onion, ports]: Parameters<LoopbackNetwork['publish']>): void {
    super.publish(onion, ports);
    process.send?.({ door: ports.get(SMTP_PORT) });
  }
}

async function receive(directory: string): Promise<void> {
  const network = await LoopbackNetwork.listen(new ToldNetwork());
  await makeTestCore(network, { directory });
}

process.once('disconnect', () => process.exit());
void receive(process.argv[2] ?? '');
