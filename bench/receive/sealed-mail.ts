import { buffer } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { LoopbackNetwork } from '../../electron/core/testing/loopback-onion';
import { makeIdentity, makeTestCore, sendMail } from '../../electron/core/testing/make-test-core';

/** Real messages from Alice to Bob as they go over the wire, and the profile that can open them. */
export type SealedMail = {
  readonly from: string;
  readonly to: string;
  /** Message octets, without SMTP's dots. */
  readonly messages: readonly Buffer[];
  /** Bob's profile, closed. Each measurement opens a copy, because a message is stored only once. */
  readonly profile: string;
};

const SMTP_PORT = 25;
/** A letter of a screen. */
const letter = 'I write to you from my own window, and nobody else can read it. '.repeat(16);

/** Alice's network: Bob's keys are Bob's, but his mailbox is a server that keeps what it is sent. */
class CapturingNetwork extends LoopbackNetwork {
  readonly captured: Buffer[] = [];
  readonly #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      void buffer(stream).then((message) => {
        this.captured.push(message);
        done();
      });
    },
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  override publish(...[onion, ports]: Parameters<LoopbackNetwork['publish']>): void {
    const { port } = this.#server.server.address() as AddressInfo;
    super.publish(onion, new Map([...ports, [SMTP_PORT, port]]));
  }

  override async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
    await super.stop();
  }
}

/** Has one core write and seal so many messages to another. @param count more than 0 */
export async function sealMail(count: number): Promise<SealedMail> {
  const network = new CapturingNetwork();
  await network.listen();
  await LoopbackNetwork.listen(network);
  const [alice, bob] = [await makeTestCore(network), await makeTestCore(network)];
  const [a, b] = [await makeIdentity(alice, 'alice'), await makeIdentity(bob, 'bob')];
  // A stranger's mail is limited in number.
  await bob.call('contacts.add', { identityId: b.id, address: a.address, name: 'Alice' });
  const all = new Promise<void>((resolve) => {
    let delivered = 0;
    alice.onEvent((event) => {
      if (event.type !== 'delivery.changed' || event.delivery.state !== 'delivered') return;
      delivered += 1;
      if (delivered === count) resolve();
    });
  });
  for (let index = 0; index < count; index += 1)
    await sendMail(alice, a, { to: [b.address], subject: `Letter ${index}`, text: letter });
  await all;
  await Promise.all([alice.remove(), bob.stop()]);
  await network.stop();
  return { from: a.address, to: b.address, messages: network.captured, profile: bob.directory };
}
