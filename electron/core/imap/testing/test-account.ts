import { createImapAccount } from '../../mail/clients/account/imap-account';
import type { ImapAccount } from '../../ports/imap';
import { LoopbackNetwork } from '../../testing/loopback-onion';
import { makeIdentity, makeTestCore, type TestCore } from '../../testing/make-test-core';

/** An identity of a profile on the disk, and its mail as other programs see it. */
export class TestAccounts {
  #boxes = 0;

  private constructor(
    private readonly core: TestCore,
    private readonly network: LoopbackNetwork,
    private readonly make: () => ImapAccount,
  ) {}

  static async start(): Promise<TestAccounts> {
    const network = await LoopbackNetwork.start();
    const core = await makeTestCore(network);
    const { id } = await makeIdentity(core, 'alice');
    const { services, session } = core.inside;
    const make = (): ImapAccount => createImapAccount({ services, mail: session.require(id), form: 'unsealed' });
    return new TestAccounts(core, network, make);
  }

  /** Another object for the same mail. */
  open(): ImapAccount {
    return this.make();
  }

  /** Makes a mailbox that holds nothing, and answers its name. */
  newBox(): string {
    this.#boxes += 1;
    const name = `box${String(this.#boxes)}`;
    this.open().create([name]);
    return name;
  }

  async stop(): Promise<void> {
    await this.core.remove();
    await this.network.stop();
  }
}
