import { PosthornError } from '../../../../shared/errors';
import type { Changes, Services } from '../mailbox';

/**
 * Does what follows from stored mail after its sender was answered: nothing is computed between the commit and the 250,
 * because a sender whose 250 comes late sends everything again. Works one by one in the order of arrival. Work that is
 * lost in a crash comes again with the sender's next mail.
 */
export class FollowUps {
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly services: Pick<Services, 'log'>) {}

  /** Does this work when all work before it is done; `fault` is the event that is logged when it fails. */
  add(fault: string, work: () => void | Promise<void>): void {
    this.#last = this.#last
      .then(untilAnswered)
      .then(work)
      .catch((error: unknown) => {
        this.services.log.error(fault, { posthorn: error instanceof PosthornError });
      });
  }

  /** Resolves when all work added until now is done; does not wait for what is added later. Never rejects. */
  caughtUp(): Promise<void> {
    return this.#last;
  }

  /** Resolves when no work is left, also none that is added meanwhile. Never rejects. */
  async settled(): Promise<void> {
    for (let last; last !== this.#last;) {
      last = this.#last;
      await last;
    }
  }

  /** The same changes, told as follow-ups: for use cases that run before their sender is answered. */
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

/** Waits for the next turn of the event loop: the reply that was decided in this one has been sent by then. */
function untilAnswered(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
