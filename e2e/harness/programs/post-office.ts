import type { Identity } from '../../../shared/identity';
import { HeadlessNode } from '../people/headless-node';
import { CoreClient } from '../process/core-client';
import { letProgramIn, type ProgramLogin } from './let-program-in';

/** A Posthorn as it runs now, and what it announces. */
type Running = { readonly node: HeadlessNode; readonly core: CoreClient };

const withoutTor = { POSTHORN_TOR: 'none' } as const;

/** A Posthorn without a window and without a network, with one identity and one mail program that may log in. */
export class PostOffice {
  readonly #nodes: HeadlessNode[] = [];
  #running: Running;
  readonly identity: Identity;
  readonly login: ProgramLogin;

  private constructor(o: { running: Running; identity: Identity; login: ProgramLogin }) {
    this.#running = o.running;
    this.#nodes.push(o.running.node);
    this.identity = o.identity;
    this.login = o.login;
  }

  static async start(name: string): Promise<PostOffice> {
    const node = await HeadlessNode.start({ name, env: withoutTor });
    try {
      const core = await CoreClient.connect(node.profile);
      const identity = await core.call('identities.create', { localPart: name, label: '', colour: 'blue' });
      return new PostOffice({ running: { node, core }, identity, login: await letProgramIn(core, { identity, name }) });
    } catch (error) {
      await node.stop('SIGKILL');
      node.remove();
      throw error;
    }
  }

  /** What the window would speak to, of the program as it runs now. */
  get core(): CoreClient {
    return this.#running.core;
  }

  /** Ends it by SIGKILL, whatever it is doing. */
  async kill(): Promise<void> {
    await this.#running.node.stop('SIGKILL');
    this.core.close();
  }

  /** Starts it once more on what was left on the disk. */
  async startAgain(): Promise<void> {
    const { profile } = this.#running.node;
    const node = await HeadlessNode.start({ name: 'again', profile, env: withoutTor });
    this.#nodes.push(node);
    this.#running = { node, core: await CoreClient.connect(profile) };
  }

  async end(): Promise<void> {
    this.core.close();
    await this.#running.node.stop();
    for (const node of this.#nodes) node.remove();
  }
}
