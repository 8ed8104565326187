import { MAX_SIGNER_QUESTIONS } from '../../domain/key-limits';
import { DIAL_TIMEOUT_MS } from '../../domain/limits';
import { mailboxOf, onionOf } from '../../domain/mail-address';
import type { MailAddress } from '../../../../shared/ids';
import type { Services } from '../mailbox';

/**
 * Asks the onion of a sender for its key, when a letter carries none that the onion certifies: programs that know
 * nothing of Posthorn attach the key without the certifications of others (PROTOCOL.md 6).
 */
export class SignerQuestions {
  readonly name = 'signers';
  readonly #abort = new AbortController();
  #open = 0;

  constructor(private readonly services: Pick<Services, 'onion' | 'keyFetcher' | 'random'>) {}

  /**
   * What the onion in this address serves, not checked; `later`: it does not answer, or too many are being asked. Never
   * a private onion: who forges From could read from our reply that its owner is there, and that we know where.
   */
  async ask(from: MailAddress): Promise<Uint8Array | 'none' | 'later'> {
    if (this.#open >= MAX_SIGNER_QUESTIONS || this.#abort.signal.aborted) return 'later';
    this.#open += 1;
    try {
      const address = mailboxOf(from);
      const isolation = { user: this.services.random.uuid(), password: this.services.random.uuid() };
      const fetched = await this.services.keyFetcher.fetch({
        address,
        at: onionOf(address),
        isolation,
        place: () => this.services.onion.takePlace({ isolation, timeoutMs: DIAL_TIMEOUT_MS }),
        signal: this.#abort.signal,
      });
      if (fetched.outcome === 'found') return fetched.block;
      return fetched.outcome === 'not-found' ? 'none' : 'later';
    } finally {
      this.#open -= 1;
    }
  }

  /** Breaks off what is being asked: nobody waits for a slow onion when the identity is closed. */
  close(): void {
    this.#abort.abort();
  }
}
