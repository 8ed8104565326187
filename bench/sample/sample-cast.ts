import type { CoreContract } from '../../shared/contract/core-contract';
import type { Contact } from '../../shared/contact';
import type { CoreEvent } from '../../shared/contract/core-events';
import { PosthornError } from '../../shared/errors';
import type { Identity } from '../../shared/identity';
import type { Delivery, DeliveryState, MessageSummary } from '../../shared/message';
import type { CallOf } from '../../shared/contract/rpc-kit';

/** A running core that scenes are played in: its calls, and its events to wait for. */
export type Stage = {
  readonly call: CallOf<CoreContract>;
  readonly onEvent: (listener: (event: CoreEvent) => void) => void;
};

const certify = { level: 'positive', shared: false } as const;

/** One identity of a core: somebody who acts in scenes. */
export class Actor {
  readonly stage: Stage;
  readonly own: Identity;

  constructor(stage: Stage, own: Identity) {
    this.stage = stage;
    this.own = own;
  }

  static async create(stage: Stage, o: Pick<Identity, 'label' | 'colour'> & { localPart: string }): Promise<Actor> {
    return new Actor(stage, await stage.call('identities.create', o));
  }

  /** Adds somebody to the contacts and asks their onion for their key. */
  async meet(other: Actor, name: string): Promise<Contact> {
    const contact = await this.add(other, name);
    await this.askForKey(contact);
    return contact;
  }

  /** Asks a contact's onion for their key once more. A key that is refused is what some scenes are about. */
  async askForKey({ id: contactId }: Pick<Contact, 'id'>): Promise<void> {
    try {
      await this.stage.call('contacts.fetchKey', { identityId: this.own.id, contactId });
    } catch (error) {
      if (!(error instanceof PosthornError) || error.code !== 'key-refused') throw error;
    }
  }

  add(other: Pick<Actor, 'own'>, name: string): Promise<Contact> {
    return this.stage.call('contacts.add', { identityId: this.own.id, address: other.own.address, name });
  }

  /** Verifies somebody: scans their code, or compares fingerprints with another identity of the same core. */
  async verify(other: Actor, o: { readonly name: string; readonly withCode?: boolean }): Promise<Contact> {
    await (other.stage === this.stage ? this.#compare(other, o.name) : this.#scan(other, o));
    return this.until(async () => {
      const contact = await this.contact(other);
      return contact?.standing.kind === 'verified' ? contact : undefined;
    });
  }

  async #scan(other: Actor, { name, withCode = false }: { name: string; withCode?: boolean }): Promise<void> {
    const { uri: text } = await other.stage.call('cards.own', { identityId: other.own.id, withCode });
    await this.stage.call('contacts.verifyCard', { identityId: this.own.id, text, name, certify });
  }

  /** A card of one's own profile is refused, so they are compared as two people on the telephone do. */
  async #compare(other: Actor, name: string): Promise<void> {
    const { id: contactId } = await this.meet(other, name);
    const { fingerprint } = other.own;
    await this.stage.call('contacts.verifyFingerprint', { identityId: this.own.id, contactId, fingerprint, certify });
  }

  async contact(other: Pick<Actor, 'own'>): Promise<Contact | undefined> {
    const all = await this.stage.call('contacts.list', { identityId: this.own.id });
    return all.find(({ address }) => address === other.own.address);
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.stage.call('identities.update', { identityId: this.own.id, paused });
  }

  /** Writes a message into the outbox. */
  async submit(
    to: Pick<Actor, 'own'>,
    o: { readonly subject: string; readonly text: string },
  ): Promise<MessageSummary> {
    const content = { to: [to.own.address], cc: [], bcc: [], ...o };
    const { id: draftId } = await this.stage.call('drafts.save', { identityId: this.own.id, content });
    return this.stage.call('messages.submit', { identityId: this.own.id, draftId });
  }

  /** Sends a message; resolves when it has arrived. */
  async send(to: Pick<Actor, 'own'>, o: { readonly subject: string; readonly text: string }): Promise<void> {
    await this.delivery(await this.submit(to, o), 'delivered');
  }

  /** Resolves when the one delivery of a message is in this state. */
  delivery({ id }: MessageSummary, state: DeliveryState): Promise<Delivery> {
    return this.until(async () => {
      const { summary } = await this.stage.call('messages.read', { identityId: this.own.id, messageId: id });
      return summary.deliveries.find((delivery) => delivery.state === state);
    });
  }

  /** Resolves with what `look` answers as soon as it is something; looks again after every event of the core. */
  until<T>(look: () => Promise<T | undefined>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isDone = false;
      const check = (): void => {
        if (isDone) return;
        look().then((found) => {
          if (found === undefined) return;
          isDone = true;
          resolve(found);
        }, reject);
      };
      this.stage.onEvent(check);
      check();
    });
  }
}
