import type { IdentityId } from '../../../shared/ids';
import type { Identity } from '../../../shared/identity';
import type { Delivery, MessageSummary } from '../../../shared/message';
import type { TorStatus } from '../../../shared/tor-status';
import { CoreClient } from '../process/core-client';
import type { HeadlessStart } from './headless-node';
import { HeadlessNode } from './headless-node';
import { TorControl } from '../tor/tor-control';

export type Letter = {
  readonly from: Identity;
  readonly to: string;
  readonly subject: string;
  readonly text?: string;
  readonly file?: Uint8Array;
};

/** Somebody with a Posthorn without a window, whose every move is an event to wait for. */
export class Person {
  readonly node: HeadlessNode;
  readonly core: CoreClient;
  readonly identities: readonly Identity[];

  private constructor(parts: {
    readonly node: HeadlessNode;
    readonly core: CoreClient;
    readonly identities: readonly Identity[];
  }) {
    this.node = parts.node;
    this.core = parts.core;
    this.identities = parts.identities;
  }

  /** Starts the program with these identities, new ones or those of the profile; resolves when all can be reached. */
  static async start(options: HeadlessStart & { readonly localParts?: readonly string[] }): Promise<Person> {
    const node = await HeadlessNode.start(options);
    try {
      const core = await CoreClient.connect(node.profile);
      for (const localPart of options.localParts ?? [])
        await core.call('identities.create', { localPart, label: '', colour: 'blue' });
      const person = new Person({ node, core, identities: await core.call('identities.list', {}) });
      await person.reachable();
      return person;
    } catch (error) {
      await node.stop('SIGKILL');
      throw error;
    }
  }

  get identity(): Identity {
    return this.identities[0]!;
  }

  /** Resolves when every identity is published, now or after the mark. */
  async reachable(since?: number): Promise<void> {
    const now = since === undefined ? await this.core.call('identities.list', {}) : [];
    const offline = this.identities.filter(
      ({ id }) => !now.some((one) => one.id === id && one.reachability === 'online'),
    );
    await Promise.all(
      offline.map(({ id, address }) =>
        this.core.event(
          (event) =>
            event.type === 'identity.changed' && event.identity.id === id && event.identity.reachability === 'online'
              ? true
              : undefined,
          {
            since: since ?? 0,
            what: `${address} to be published`,
          },
        ),
      ),
    );
  }

  /** Resolves with the first status after the mark that is in this phase. */
  phase(phase: TorStatus['phase'], since: number): Promise<TorStatus> {
    return this.core.event(
      (event) => (event.type === 'tor.changed' && event.status.phase === phase ? event.status : undefined),
      { since, what: `Tor to be ${phase}` },
    );
  }

  /** Writes a message into the outbox. */
  async submit({ from, to, subject, text = 'Hello.\n', file }: Letter): Promise<MessageSummary> {
    const draft = await this.core.call('drafts.save', {
      identityId: from.id,
      content: { to: [to], cc: [], bcc: [], subject, text },
    });
    if (file !== undefined) {
      await this.core.call('drafts.attach', {
        identityId: from.id,
        draftId: draft.id,
        filename: 'file.bin',
        contentType: 'application/octet-stream',
        content: file,
      });
    }
    return this.core.call('messages.submit', { identityId: from.id, draftId: draft.id });
  }

  /** Resolves when the one delivery of a message has come to be in this state. */
  delivery(message: MessageSummary, state: Delivery['state']): Promise<Delivery> {
    const pick = (delivery: Delivery): Delivery | undefined =>
      delivery.messageId === message.id && delivery.state === state ? delivery : undefined;
    return this.core.event((event) => (event.type === 'delivery.changed' ? pick(event.delivery) : undefined), {
      what: `«${message.subject}» to be ${state}`,
    });
  }

  /** Sends a message; resolves when it has arrived. */
  async send(letter: Letter): Promise<MessageSummary> {
    const message = await this.submit(letter);
    await this.delivery(message, 'delivered');
    return message;
  }

  /** Resolves with the message of this subject that came in. */
  received(subject: string): Promise<MessageSummary> {
    return this.core.event(
      (event) =>
        event.type === 'message.stored' &&
        event.message.subject === subject &&
        (event.message.folder === 'inbox' || event.message.folder === 'requests')
          ? event.message
          : undefined,
      {
        what: `«${subject}» to arrive`,
      },
    );
  }

  /** Subjects in the inbox and among the requests of an identity, sorted. */
  async mail(identityId: IdentityId = this.identity.id): Promise<string[]> {
    const pages = await Promise.all(
      (['inbox', 'requests'] as const).map((folder) =>
        this.core.call('messages.page', { identityId, folder, limit: 500 }),
      ),
    );
    return pages.flatMap(({ messages }) => messages.map(({ subject }) => subject)).sort();
  }

  /** A controller of this person's tor of the moment. */
  tor(): Promise<TorControl> {
    return TorControl.open(this.node.profile);
  }

  /** Ends tor with SIGKILL and tells its process id. */
  async killTor(): Promise<number> {
    const control = await this.tor();
    const pid = await control.pid();
    control.close();
    process.kill(pid, 'SIGKILL');
    return pid;
  }

  async end(): Promise<void> {
    this.core.close();
    await this.node.stop();
    this.node.remove();
  }
}
