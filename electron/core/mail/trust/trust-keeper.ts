import { PosthornError } from '../../../../shared/errors';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { MAX_CLOCK_SKEW_MS } from '../../domain/limits';
import { judgeStanding } from '../../domain/trust/judge-standing';
import type { KeyValidity, TrustInput, TrustResult } from '../../domain/trust/trust-model';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { RingKey } from '../../ports/storage/keyring-records';
import type { Unsubscribe } from '../../ports/runtime';
import { readCertifications } from './read-certifications';
import { reviewWaiting } from './review-waiting';
import type { Mailbox, Services, Trust } from '../mailbox';
import { DAY_MS, SECOND_MS } from '../../domain/time';

type KeeperServices = Pick<Services, 'clock' | 'log' | 'pgp'>;
type Keyed = Pick<Mailbox, 'identity' | 'contacts' | 'keyring' | 'outbox' | 'changes'>;

const NOT_IN_RING: KeyValidity = { validity: 'unknown', path: [], countedIssuers: [] };

const LONGEST_WAIT_MS = DAY_MS;

/**
 * Keeps the trust of one identity up to date. When keys or certifications were learned, and when one of them ends,
 * validity is computed off this thread and every contact's standing is judged again.
 */
export class TrustKeeper implements Trust {
  #running: Promise<void> | undefined;
  /** Asked for while a computation is running: it covers what is learned meanwhile. */
  #next: Promise<void> | undefined;
  #result: TrustResult | undefined;
  #cancelTimer: Unsubscribe = () => undefined;
  #closed = false;

  constructor(
    private readonly services: KeeperServices,
    private readonly mailbox: Keyed,
  ) {}

  /** The last result; undefined before the first. */
  result(): TrustResult | undefined {
    return this.#result;
  }

  /**
   * Resolves when contacts show all that was learned before the call. Never rejects: a fault is logged, and the next
   * computation mends it.
   */
  refresh(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    if (!this.#running) return this.#run();
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#run();
    });
    return this.#next;
  }

  /** Computes nothing any more; resolves when a computation under way has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    await this.#running;
  }

  #run(): Promise<void> {
    this.#running = this.#compute()
      .catch((error: unknown) => {
        if (!this.#closed) this.services.log.error('trust.not-computed', { posthorn: error instanceof PosthornError });
      })
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async #compute(): Promise<void> {
    if (this.#closed) return;
    const input = await this.#input();
    const result = await this.services.pgp.computeValidity(input);
    if (this.#isClosed()) return;
    this.#result = result;
    this.#write(result);
    reviewWaiting(this.mailbox);
    this.#wakeAt(result.nextChangeAt);
  }

  /** A function, so that it is read again after every wait: a profile can be locked during any of them. */
  #isClosed(): boolean {
    return this.#closed;
  }

  async #input(): Promise<TrustInput> {
    const mailbox = this.mailbox;
    const { address, keys, revoked: isRevoked } = mailbox.identity();
    const ringKeys = mailbox.keyring.keys();
    const now = this.services.clock.now();
    const held = new Map(mailbox.contacts.all().map((each) => [each.address, each.fingerprint]));
    const replaced = replacedKeys(ringKeys, held);
    const certifications = await readCertifications(mailbox);
    return {
      now,
      keys: [
        { fingerprint: keys.fingerprint, userId: `<${address}>`, revoked: isRevoked },
        ...ringKeys.map(({ fingerprint, address: of, expiresAt, revoked }) => ({
          fingerprint,
          userId: `<${of}>`,
          expiresAt: replaced.has(fingerprint) ? Math.min(expiresAt, now - SECOND_MS) : expiresAt,
          revoked,
        })),
      ],
      // In the order in which GnuPG would read them; one that claims to be made in the future waits for that time.
      certifications: certifications
        .filter(({ createdAt }) => createdAt <= now + MAX_CLOCK_SKEW_MS)
        .sort((a, b) => a.createdAt - b.createdAt),
      ownerTrust: new Map([[keys.fingerprint, 'ultimate']]),
    };
  }

  #write(result: TrustResult): void {
    const mailbox = this.mailbox;
    const ring = new Map(mailbox.keyring.keys().map((key) => [key.fingerprint, key]));
    const addresses = (fingerprints: readonly Fingerprint[]): MailAddress[] =>
      fingerprints.map((each) => ring.get(each)?.address).filter((each) => each !== undefined);
    const keys = [...ring.keys()].map((fingerprint) => {
      const found = result.validities.get(fingerprint);
      return { fingerprint, validity: found?.validity ?? ('unknown' as const), path: addresses(found?.path ?? []) };
    });
    const standings = mailbox.contacts
      .all()
      .map((contact) => ({ contactId: contact.id, standing: this.#standingOf({ contact, result, ring, addresses }) }));
    mailbox.keyring.putTrust({ keys, standings });
  }

  #standingOf(o: {
    readonly contact: StoredContact;
    readonly result: TrustResult;
    readonly ring: ReadonlyMap<Fingerprint, RingKey>;
    readonly addresses: (fingerprints: readonly Fingerprint[]) => MailAddress[];
  }): StoredContact['standing'] {
    const { contact } = o;
    const inRing = contact.fingerprint && o.ring.get(contact.fingerprint);
    const { validity, path, countedIssuers } =
      (inRing?.address === contact.address && o.result.validities.get(inRing.fingerprint)) || NOT_IN_RING;
    return judgeStanding({
      contact,
      now: this.services.clock.now(),
      validity,
      path: o.addresses(path),
      countedIssuers: o.addresses(countedIssuers),
      certifiedByUser: countedIssuers.includes(this.mailbox.identity().keys.fingerprint),
      keyExpiresAt: inRing?.expiresAt,
      history: this.#historyOf(contact),
    });
  }

  #historyOf({ address, fingerprint }: StoredContact): Parameters<typeof judgeStanding>[0]['history'] {
    const mailbox = this.mailbox;
    const history = mailbox.keyring.history(address);
    if (history.length === 0 || fingerprint === undefined) return [];
    const vouchers = new Set(
      mailbox.keyring
        .certificationsOn(fingerprint)
        .filter((each) => each.verified && each.kind === 'certification')
        .map(({ issuer }) => issuer),
    );
    return history.map((each) => ({
      ...each,
      vouchesForNow:
        vouchers.has(each.fingerprint) && !mailbox.keyring.isRevoked({ address, fingerprint: each.fingerprint }),
    }));
  }

  #wakeAt(time: number | undefined): void {
    this.#cancelTimer();
    if (this.#closed || time === undefined) return;
    const wait = Math.min(Math.max(time - this.services.clock.now(), 1_000), LONGEST_WAIT_MS);
    this.#cancelTimer = this.services.clock.setTimer(wait, () => void this.refresh());
  }
}

/**
 * Keys whose onion has certified another since: their certifications count no more, even while the user has not
 * accepted the new key.
 */
function replacedKeys(
  ringKeys: readonly RingKey[],
  held: ReadonlyMap<MailAddress, Fingerprint | undefined>,
): ReadonlySet<Fingerprint> {
  const newest = new Map<MailAddress, number>();
  for (const { address, certifiedAt } of ringKeys) newest.set(address, Math.max(newest.get(address) ?? 0, certifiedAt));
  return new Set(
    ringKeys
      .filter((key) => {
        const isOld = key.certifiedAt < (newest.get(key.address) ?? 0);
        return isOld || (held.get(key.address) ?? key.fingerprint) !== key.fingerprint;
      })
      .map(({ fingerprint }) => fingerprint),
  );
}
