import { PosthornError } from '../../../../shared/errors';
import type { ContactId, MailAddress } from '../../../../shared/ids';
import { mailboxOf } from '../../domain/mail-address';
import type { StoredContact } from '../../ports/storage/mail-records';
import { fetchKey } from './fetch-key';
import type { Mailbox, Services } from '../mailbox';
import { DAY_MS } from '../../domain/time';

type RefreshServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'keyFetcher' | 'pgp'>;

/**
 * Fetches the keys of contacts again, at most once a day each, and only when they have just taken mail and so are
 * online: a renewed, replaced or revoked key is noticed before the next message is sealed to the old one.
 */
export class KeyRefresher {
  readonly name = 'key-refresher';
  readonly #asked = new Map<ContactId, number>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #abort = new AbortController();

  constructor(
    private readonly services: RefreshServices,
    private readonly mailbox: Mailbox,
  ) {}

  /** The owner of this address has just answered. */
  seenOnline(address: MailAddress): void {
    const contact = this.mailbox.contacts.find(mailboxOf(address));
    const now = this.services.clock.now();
    if (!contact || this.#abort.signal.aborted || now - this.#lastAsked(contact) < DAY_MS) return;
    this.#asked.set(contact.id, now);
    const isolation = { user: this.services.random.uuid(), password: this.services.random.uuid() };
    const asking = fetchKey(this.services, this.mailbox, { contact, isolation, signal: this.#abort.signal })
      .then(
        () => undefined,
        (error: unknown) => {
          this.services.log.warn('key.not-refreshed', { posthorn: error instanceof PosthornError });
        },
      )
      .finally(() => this.#underWay.delete(asking));
    this.#underWay.add(asking);
  }

  #lastAsked({ id, fingerprint }: StoredContact): number {
    const cameAt = fingerprint && this.mailbox.keyring.key(fingerprint)?.seenAt;
    return Math.max(this.#asked.get(id) ?? 0, cameAt ?? 0);
  }

  /** Breaks off the questions under way and resolves when they have ended. */
  async close(): Promise<void> {
    this.#abort.abort();
    await Promise.all(this.#underWay);
  }
}
