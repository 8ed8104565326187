import { PosthornError } from '../../../../shared/errors';
import type { Unsubscribe } from '../../ports/runtime';
import { DIAL_TIMEOUT_MS, DUPLICATE_CHECK_MS } from '../../domain/limits';
import { jittered } from '../../domain/published-time';
import { onionOf } from '../../domain/mail-address';
import { SMTP_PORT } from './onion-ports';
import { ownOnion } from './own-onion';
import type { Mailbox, Services } from '../mailbox';

type DuplicateServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'onionKeys' | 'smtpSender'>;

/**
 * Looks that must find another machine before it counts: a single one may have met a circuit to an onion of ours that
 * was just withdrawn.
 */
const SURE_AFTER = 2;
const LOOK_AGAIN_MS = 60_000;

/**
 * Checks from time to time that the machine which answers under our own address is this one: two programs with one
 * identity receive each other's mail at random, and nothing else would show it. We ask our own onion for a mailbox with
 * a random name; when our listener hears the name, the machine is ours.
 */
export class DuplicateWatch {
  readonly name = 'duplicate';
  readonly #asked = new Set<string>();
  #abort = new AbortController();
  #cancelTimer: Unsubscribe = () => undefined;
  #strange = 0;
  #isRunning = false;

  /** @param changed called when a duplicate was found, or has gone */
  constructor(
    private readonly services: DuplicateServices,
    private readonly mailbox: Mailbox,
    private readonly changed: (hasDuplicate: boolean) => void,
  ) {}

  /** The identity can be reached now, or no longer: starts or stops looking. */
  online(isOnline: boolean): void {
    this.close();
    if (isOnline) this.#start();
  }

  #start(): void {
    this.#isRunning = true;
    this.#abort = new AbortController();
    this.#later(LOOK_AGAIN_MS);
  }

  /** Stops looking, and breaks off a look under way. */
  close(): void {
    this.#isRunning = false;
    this.#abort.abort();
    this.#cancelTimer();
  }

  /** Looks now. `forget`: the person knows of the other machine; it is not shown again before later looks find it. */
  async lookNow({ forget }: { readonly forget: boolean }): Promise<void> {
    if (!this.#isRunning) return;
    if (forget) this.#judge(false);
    else await this.#look();
  }

  /** Our listener was asked for this name. */
  heard(localPart: string): void {
    this.#asked.delete(localPart);
  }

  #later(milliseconds: number): void {
    this.#cancelTimer();
    if (this.#isRunning)
      this.#cancelTimer = this.services.clock.setTimer(
        jittered({ milliseconds, fraction: this.services.random.fraction() }),
        () => {
          this.#lookUnlessFault();
        },
      );
  }

  /** Never throws: a store that cannot be read now must not end the program. */
  #lookUnlessFault(): void {
    this.#look().catch((error: unknown) => {
      this.services.log.error('twin.not-looked', { posthorn: error instanceof PosthornError });
      this.#later(DUPLICATE_CHECK_MS);
    });
  }

  async #look(): Promise<void> {
    const { onion, random, smtpSender } = this.services;
    const name = random.uuid();
    const host = ownOnion(this.services, this.mailbox);
    if (host === undefined) {
      this.#later(DUPLICATE_CHECK_MS);
      return;
    }
    const isolation = { user: random.uuid(), password: random.uuid() };
    this.#asked.add(name);
    const { signal } = this.#abort;
    const outcome = await smtpSender.send({
      from: null,
      to: `${name}@${onionOf(this.mailbox.identity().address)}`,
      raw: new Uint8Array(),
      dial: () => onion.dial({ host, port: SMTP_PORT, isolation, timeoutMs: DIAL_TIMEOUT_MS }),
      progressed: () => undefined,
      signal,
    });
    const wasHeard = !this.#asked.delete(name);
    if (signal.aborted) return;
    // Only «no such mailbox» proves that a listener heard the name.
    if (outcome.outcome === 'refused') this.#judge(!wasHeard);
    this.#later(this.#strange === 0 || this.#strange >= SURE_AFTER ? DUPLICATE_CHECK_MS : LOOK_AGAIN_MS);
  }

  #judge(isStrange: boolean): void {
    const before = this.#strange >= SURE_AFTER;
    this.#strange = isStrange ? this.#strange + 1 : 0;
    const now = this.#strange >= SURE_AFTER;
    if (now !== before) this.changed(now);
  }
}
