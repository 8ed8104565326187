import { PosthornError } from '../../../../shared/errors';
import type { Changes, Services } from '../mailbox';

/**
 * What follows from mail that was taken, done after its sender has been answered: between the commit and the 250
 * nothing is computed, since a sender whose 250 comes late sends it all again. One after the other, in the order of arrival.
 * What a crash takes of it is brought again by the sender's next mail.
 */
export class FollowUps {
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly services: Pick<Services, 'log'>) {}

  /** Does this when all before it is done; `fault` is logged when it fails. */
  add(fault: string, work: () => void | Promise<void>): void {
    this.#last = this.#last
      .then(untilAnswered)
      .then(work)
      .catch((error: unknown) => {
        this.services.log.error(fault, { posthorn: error instanceof PosthornError });
      });
  }

  /** Resolves when all that was added until now is done, and waits for nothing that is added later. Never rejects. */
  caughtUp(): Promise<void> {
    return this.#last;
  }

  /** Resolves when nothing is left to do, of what is added meanwhile either. Never rejects. */
  async settled(): Promise<void> {
    for (let last; last !== this.#last;) {
      last = this.#last;
      await last;
    }
  }

  /** The same changes, followed up like the rest: for use cases that run before their sender is answered. */
  changesAfter(changes: Changes): Changes {
    const later = (change: () => void): void => {
      this.add('change.not-followed', change);
    };
    return {
      queued: () => {
        later(() => {
          changes.queued();
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
      delivery: (id) => {
        later(() => {
          changes.delivery(id);
        });
      },
    };
  }
}

/** The next turn of the event loop: the reply that was decided in this one is on the wire then. */
function untilAnswered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
