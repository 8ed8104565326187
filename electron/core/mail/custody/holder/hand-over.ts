import { PosthornError } from '../../../../../shared/errors';
import type { AgreementId } from '../../../../../shared/ids';
import { DIAL_TIMEOUT_MS } from '../../../domain/limits';
import { onionOf } from '../../../domain/mail-address';
import { JITTER, jittered } from '../../../domain/published-time';
import { isDue, nextHandOver } from '../../../domain/retry-schedule';
import type { SendOutcome } from '../../../domain/delivery-outcome';
import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { Unsubscribe } from '../../../ports/runtime';
import type { DeliverySlots } from '../../delivery-slots';
import { SMTP_PORT } from '../../presence/onion-ports';
import type { Mailbox, Services } from '../../mailbox';
import { dialHost } from '../../contacts/dial-host';
import { sendControl } from '../../control/send-control';
import { LEAST_KEPT_MS, QUEUE_RUN_PAUSE_MS } from '../../../domain/custody-limits';

type HandOverServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'smtpSender' | 'mime'>;

/** Milliseconds between two checks of the age of held envelopes. */
const AGE_EVERY_MS = 30 * 60_000;
/** A longer time between two looks was a jump of the clock. */
const LONGEST_AGE_MS = Math.ceil(AGE_EVERY_MS * (1 + JITTER));
/** A held envelope that its client has refused this often is not offered again; it is kept until it expires. */
const MAX_REFUSALS = 5;

type Round = { readonly abort: AbortController; readonly ended: Promise<void> };

/**
 * Hands held envelopes over to clients, each client as a slot is free, newest first: when the client asks (ETRN), at
 * the start, and now and then. An envelope is deleted when the client's machine has answered 250 for it, or when its
 * time is over, of which the client is told.
 */
export class HandOver {
  readonly name = 'hand-over';
  readonly #rounds = new Map<AgreementId, Round>();
  readonly #nextAt = new Map<AgreementId, number>();
  readonly #failures = new Map<AgreementId, number>();
  readonly #askedAt = new Map<AgreementId, number>();
  readonly #stopWaitingForSlots: Unsubscribe;
  #cancelTimer: Unsubscribe = () => undefined;
  #cancelAging: Unsubscribe = () => undefined;
  #agedAt: number;
  #closed = false;

  constructor(
    private readonly services: HandOverServices,
    private readonly mailbox: Mailbox,
    private readonly slots: DeliverySlots,
  ) {
    this.#agedAt = services.clock.now();
    this.#stopWaitingForSlots = slots.onFree(() => {
      this.wake();
    });
    this.#ageLater();
  }

  /** Begins the rounds that are due. Never throws. */
  wake(): void {
    if (this.#closed || this.services.onion.status().phase !== 'online') return;
    try {
      const now = this.services.clock.now();
      const waiting = this.#waiting();
      for (const agreement of waiting.filter(({ id }) => isDue({ nextTryAt: this.#nextAt.get(id), now })))
        this.#begin(agreement);
      this.#wakeAt(Math.min(...waiting.map(({ id }) => this.#nextAt.get(id) ?? 0).filter((at) => at > now)));
    } catch (error) {
      this.services.log.error('hand-over.not-read', { posthorn: error instanceof PosthornError });
    }
  }

  /**
   * A peer that is or claims to be at this onion asks for its mail (ETRN). Nothing tells the peer what comes of it;
   * when it asks too often, its mail is handed over a little later.
   */
  queueRun(node: string): void {
    if (this.#closed) return;
    for (const { id, peer } of this.mailbox.custody.agreements.all().filter(({ role }) => role === 'holder')) {
      if (onionOf(peer) !== node) continue;
      const now = this.services.clock.now();
      const askedAt = this.#askedAt.get(id);
      // A question from the future was asked before the clock was set back.
      const mayAt = askedAt === undefined || askedAt > now ? now : askedAt + QUEUE_RUN_PAUSE_MS;
      this.#failures.delete(id);
      this.#nextAt.set(id, Math.max(now, mayAt));
      if (mayAt > now) continue;
      this.#askedAt.set(id, now);
      this.mailbox.changes.online(peer);
    }
    this.wake();
  }

  /** Breaks off all rounds and resolves when they have ended; what was not handed over stays held. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    this.#cancelAging();
    this.#stopWaitingForSlots();
    for (const { abort } of this.#rounds.values()) abort.abort();
    await Promise.all([...this.#rounds.values()].map(({ ended }) => ended));
  }

  #waiting(): Agreement[] {
    const mailbox = this.mailbox;
    const kept = mailbox.custody.agreements.all().filter(({ role, id }) => role === 'holder' && !this.#rounds.has(id));
    return kept.filter(({ id }) => mailbox.custody.asHolder.held(id).some(isOffered));
  }

  #wakeAt(at: number): void {
    this.#cancelTimer();
    if (this.#closed || !Number.isFinite(at)) return;
    this.#cancelTimer = this.services.clock.setTimer(Math.max(0, at - this.services.clock.now()), () => {
      this.wake();
    });
  }

  #begin(agreement: Agreement): void {
    const giveBack = this.slots.take();
    if (!giveBack) return;
    const abort = new AbortController();
    const ended = this.#round(agreement, abort.signal).then((reached) => {
      this.#rounds.delete(agreement.id);
      this.#plan(agreement.id, reached);
      giveBack();
      this.wake();
    });
    this.#rounds.set(agreement.id, { abort, ended });
  }

  #plan(id: AgreementId, reached: boolean): void {
    const failures = reached ? 0 : (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    this.#nextAt.set(
      id,
      nextHandOver({ now: this.services.clock.now(), failures, fraction: this.services.random.fraction() }),
    );
  }

  /** Whether the client was there. Ends with the first envelope that does not get through. */
  async #round(agreement: Agreement, signal: AbortSignal): Promise<boolean> {
    const isolation = { user: this.services.random.uuid(), password: this.services.random.uuid() };
    try {
      const offered = this.mailbox.custody.asHolder.held(agreement.id).filter(isOffered);
      for (const [index, held] of offered.entries()) {
        const outcome = await this.#offer({ agreement, held, left: offered.length - index - 1, isolation, signal });
        if (!this.#settle(held, outcome, signal)) return false;
      }
      return true;
    } catch (error) {
      this.services.log.error('hand-over.failed', { posthorn: error instanceof PosthornError });
      return false;
    }
  }

  /** Whether the next envelope may be offered. */
  #settle({ id }: HeldMail, outcome: SendOutcome | undefined, signal: AbortSignal): boolean {
    if (outcome?.outcome === 'delivered') this.mailbox.custody.asHolder.dropHeld([id], { handedOver: true });
    else if (signal.aborted) return false;
    else if (outcome?.outcome === 'refused') this.mailbox.custody.asHolder.recordHeldTry(id);
    return outcome?.outcome !== 'deferred';
  }

  async #offer(o: {
    agreement: Agreement;
    held: HeldMail;
    left: number;
    isolation: { user: string; password: string };
    signal: AbortSignal;
  }): Promise<SendOutcome | undefined> {
    const content = this.mailbox.custody.asHolder.heldContent(o.held.id);
    if (!content) return undefined;
    const { peer } = o.agreement;
    const holder = onionOf(this.mailbox.identity().address);
    const { id: custodyId, digest, heldAt: at, until, signature } = o.held;
    const receipt = { holder, client: onionOf(peer), custodyId, digest, at, until, signature };
    return this.services.smtpSender.send({
      from: null,
      to: peer,
      raw: this.services.mime.markEnvelope({ held: content, receipt, left: o.left }),
      greeting: holder,
      dial: () =>
        this.services.onion.dial({
          host: dialHost(this.mailbox, peer),
          port: SMTP_PORT,
          isolation: o.isolation,
          timeoutMs: DIAL_TIMEOUT_MS,
        }),
      progressed: () => undefined,
      signal: o.signal,
    });
  }

  #ageLater(): void {
    const wait = jittered({ milliseconds: AGE_EVERY_MS, fraction: this.services.random.fraction() });
    this.#cancelAging = this.services.clock.setTimer(wait, () => {
      this.#age();
      this.#ageLater();
    });
  }

  /**
   * Deletes envelopes whose time is over, if they were also kept long enough while we ran: otherwise a clock that jumps
   * ahead would delete mail.
   */
  #age(): void {
    try {
      const now = this.services.clock.now();
      this.mailbox.custody.asHolder.ageHeld(Math.min(Math.max(0, now - this.#agedAt), LONGEST_AGE_MS));
      this.#agedAt = now;
      for (const agreement of this.mailbox.custody.agreements.all().filter(({ role }) => role === 'holder'))
        this.#expire(agreement, now);
    } catch (error) {
      this.services.log.error('held.not-aged', { posthorn: error instanceof PosthornError });
    }
  }

  #expire({ id, peer }: Agreement, now: number): void {
    const over = this.mailbox.custody.asHolder
      .held(id)
      .filter(({ until, keptMs }) => until <= now && keptMs >= LEAST_KEPT_MS);
    if (over.length === 0) return;
    const since = Math.min(...over.map(({ heldAt }) => heldAt));
    // The client is told first: a crash in between tells them twice rather than never.
    sendControl(this.services, this.mailbox, {
      to: peer,
      control: { kind: 'hold.expired', agreementId: id, count: over.length, since },
    });
    this.mailbox.custody.asHolder.dropHeld(
      over.map((each) => each.id),
      { handedOver: false },
    );
  }
}

const isOffered = ({ attempts }: HeldMail): boolean => attempts < MAX_REFUSALS;
