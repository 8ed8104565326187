import { PosthornError } from '../../../../shared/errors';
import type { MailAddress } from '../../../../shared/ids';
import { MAX_SUSPECTS } from '../../domain/reading-limits';
import { mailboxOf } from '../../domain/mail-address';

/** Senders of whom a letter could not be read for its cost; the oldest is forgotten when there are too many. */
export class Suspects {
  readonly #mailboxes = new Set<MailAddress>();

  has(from: MailAddress): boolean {
    return this.#mailboxes.has(mailboxOf(from));
  }

  /** Answers what `reading` does, and remembers its sender when it took too much. */
  async watch<T>(from: MailAddress, reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      if (error instanceof PosthornError && error.code === 'unreadable-content') this.#add(mailboxOf(from));
      throw error;
    }
  }

  #add(mailbox: MailAddress): void {
    this.#mailboxes.delete(mailbox);
    this.#mailboxes.add(mailbox);
    const [oldest] = this.#mailboxes;
    if (this.#mailboxes.size > MAX_SUSPECTS && oldest !== undefined) this.#mailboxes.delete(oldest);
  }
}
