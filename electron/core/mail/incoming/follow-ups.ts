import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import type { Changes, Services } from '../mailbox';

/**
 * Does what follows from stored mail after its sender was answered: nothing is computed between the commit and the 250,
 * because a sender whose 250 comes late sends everything again. Works one by one in the order of arrival for each
 * sender, and for several side by side: a sender whose mail brings much to learn holds up nobody else's. Work that is
 * lost in a crash comes again with the sender's next mail.
 */
export class FollowUps {
  /** The end of each sender's work. */
  readonly #ends = new Map<MailAddress | typeof NO_SENDER, Promise<void>>();

  constructor(private readonly services: Pick<Services, 'log'>) {}

  /** Does this work when all work before it of this sender is done; `fault` is the event logged when it fails. */
  add(o: { readonly of: MailAddress; readonly fault: string }, work: () => void | Promise<void>): void {
    this.#add(o, work);
  }

  #add(o: { readonly of: MailAddress | typeof NO_SENDER; readonly fault: string }, work: () => unknown): void {
    const end: Promise<void> = (this.#ends.get(o.of) ?? Promise.resolve())
      .then(untilAnswered)
      .then(work)
      .catch((error: unknown) => {
        this.services.log.error(o.fault, { posthorn: error instanceof PosthornError });
      })
      .then(() => {
        if (this.#ends.get(o.of) === end) this.#ends.delete(o.of);
      });
    this.#ends.set(o.of, end);
  }

  /**
   * Resolves when all work of this sender that was added until now is done, without a sender that of everybody; does
   * not wait for what is added later. Never rejects.
   */
  async caughtUp(sender?: MailAddress): Promise<void> {
    if (sender === undefined) await Promise.all(this.#ends.values());
    else await this.#ends.get(sender);
  }

  /** Resolves when no work is left, also none that is added meanwhile. Never rejects. */
  async settled(): Promise<void> {
    while (this.#ends.size > 0) await this.caughtUp();
  }

  /** The same changes, told as follow-ups: for use cases that run before their sender is answered. */
  changesAfter(changes: Changes): Changes {
    const later = (change: () => void): void => {
      this.#add({ of: NO_SENDER, fault: 'change.not-followed' }, change);
    };
    return {
      queued: (by) => {
        later(() => {
          changes.queued(by);
        });
      },
      contacts: () => {
        later(() => {
          changes.contacts();
        });
      },
      custody: () => {
        later(() => {
          changes.custody();
        });
      },
      online: (address) => {
        later(() => {
          changes.online(address);
        });
      },
      lists: () => {
        later(() => {
          changes.lists();
        });
      },
      delivery: (id) => {
        later(() => {
          changes.delivery(id);
        });
      },
      arrived: () => {
        later(() => {
          changes.arrived();
        });
      },
    };
  }
}

/** Whose work the changes are: they wait for nothing that mail brings to learn. */
const NO_SENDER = Symbol('no sender');

/** Waits for the next turn of the event loop: the reply that was decided in this one has been sent by then. */
function untilAnswered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
