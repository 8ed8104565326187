import { PosthornError } from '../../../../../shared/errors';
import type { AgreementId, MailAddress } from '../../../../../shared/ids';
import { isHeldDue, isOffered, judgeOffer } from '../../../domain/custody/judge-offer';
import { onionOf } from '../../../domain/mail-address';
import { JITTER, jittered } from '../../../domain/published-time';
import { isDue, nextHandOver } from '../../../domain/retry-schedule';
import type { Agreement, HeldMail } from '../../../ports/storage/custody-records';
import type { Unsubscribe } from '../../../ports/runtime';
import type { DeliverySlots } from '../../delivery-slots';
import type { Mailbox, Services } from '../../mailbox';
import { dropHeld } from './drop-held';
import { offerHeld, type Offered } from './offer-held';
import { LEAST_KEPT_MS, MAX_PARALLEL_HAND_OVERS, QUEUE_RUN_PAUSE_MS } from '../../../domain/custody-limits';

type HandOverServices = Pick<Services, 'clock' | 'random' | 'log' | 'onion' | 'smtpSender' | 'mime'>;

/** Milliseconds between two checks of the age of held envelopes. */
const AGE_EVERY_MS = 30 * 60_000;
/** A longer time between two looks was a jump of the clock. */
const LONGEST_AGE_MS = Math.ceil(AGE_EVERY_MS * (1 + JITTER));

type Round = { readonly client: MailAddress; readonly abort: AbortController; readonly ended: Promise<void> };

/**
 * Hands held envelopes over to clients, each client as a slot is free: when the client asks (ETRN), at the start, and
 * now and then. First those that were offered least often, of these the newest, so that one which the client does not
 * take holds up no other. An envelope is deleted when the client's machine has answered 250 for it, or when its time is
 * over, of which the client is told.
 */
export class HandOver {
  readonly name = 'hand-over';
  readonly #rounds = new Map<AgreementId, Round>();
  readonly #nextAt = new Map<AgreementId, number>();
  readonly #failures = new Map<AgreementId, number>();
  readonly #askedAt = new Map<AgreementId, number>();
  /** Clients that asked during their round: another follows it. */
  readonly #askedMeanwhile = new Set<AgreementId>();
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
      const waiting = this.#waiting(now);
      for (const { agreement, at } of waiting) if (at <= now) this.#begin(agreement);
      this.#wakeAt(Math.min(...waiting.map(({ at }) => at).filter((at) => at > now)));
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
      // The round under way may hang on a connection to a machine that has started anew since.
      if (this.#rounds.has(id)) this.#askedMeanwhile.add(id);
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

  /** Clients with mail that is offered still, and when: in the past for at once. */
  #waiting(now: number): { readonly agreement: Agreement; readonly at: number }[] {
    return this.mailbox.custody.agreements
      .all()
      .filter(({ role, id }) => role === 'holder' && !this.#rounds.has(id))
      .map((agreement) => ({ agreement, at: this.#startOf(agreement.id, now) }))
      .filter(({ at }) => Number.isFinite(at));
  }

  /**
   * When the next round of a client begins. What was not offered yet waits for the client's time, the rest each for its
   * own; a client that was not there is left alone until its time.
   */
  #startOf(id: AgreementId, now: number): number {
    const planned = this.#nextAt.get(id) ?? 0;
    const clientAt = isDue({ nextTryAt: planned, now }) ? 0 : planned;
    const startOf = (held: HeldMail): number => {
      if (held.nextTryAt === undefined) return clientAt;
      return isHeldDue(held, now) ? 0 : held.nextTryAt;
    };
    const held = this.mailbox.custody.asHolder.held(id).filter(isOffered);
    const earliest = held.reduce((at, each) => Math.min(at, startOf(each)), Infinity);
    return (this.#failures.get(id) ?? 0) > 0 ? Math.max(earliest, clientAt) : earliest;
  }

  #wakeAt(at: number): void {
    this.#cancelTimer();
    if (this.#closed || !Number.isFinite(at)) return;
    this.#cancelTimer = this.services.clock.setTimer(Math.max(0, at - this.services.clock.now()), () => {
      this.wake();
    });
  }

  /** A client that takes connections and says nothing must not take every place for mail. */
  #mayBegin({ peer }: Agreement): boolean {
    const clients = [...this.#rounds.values()].map(({ client }) => client);
    return clients.length < MAX_PARALLEL_HAND_OVERS && !clients.includes(peer);
  }

  #begin(agreement: Agreement): void {
    const giveBack = this.#mayBegin(agreement) ? this.slots.take() : undefined;
    if (!giveBack) return;
    const abort = new AbortController();
    const ended = this.#round(agreement, abort.signal).then((reached) => {
      this.#rounds.delete(agreement.id);
      this.#plan(agreement.id, reached);
      giveBack();
      this.wake();
    });
    this.#rounds.set(agreement.id, { client: agreement.peer, abort, ended });
  }

  #plan(id: AgreementId, reached: boolean): void {
    // The time that its question has set stays.
    if (this.#askedMeanwhile.delete(id)) return;
    const failures = reached ? 0 : (this.#failures.get(id) ?? 0) + 1;
    this.#failures.set(id, failures);
    const { clock, random } = this.services;
    this.#nextAt.set(id, nextHandOver({ now: clock.now(), failures, fraction: random.fraction() }));
  }

  /** Whether the client was there, and took or judged everything that was offered. */
  async #round(agreement: Agreement, signal: AbortSignal): Promise<boolean> {
    const isolation = { user: this.services.random.uuid(), password: this.services.random.uuid() };
    try {
      const due = this.#due(agreement.id);
      for (const [index, held] of due.entries()) {
        const left = due.length - index - 1;
        const offered = await this.#offer({ agreement, held, left, isolation, signal });
        if (offered && !this.#settle(held, offered, signal)) return false;
      }
      return true;
    } catch (error) {
      this.services.log.error('hand-over.failed', { posthorn: error instanceof PosthornError });
      return false;
    }
  }

  /**
   * An envelope that cannot be read here counts as offered in vain: it waits for its own time, and the others come.
   * With the disk full that cannot be written either, and the round ends.
   */
  async #offer(o: Parameters<typeof offerHeld>[2]): Promise<Offered | undefined> {
    try {
      return await offerHeld(this.services, this.mailbox, o);
    } catch (error) {
      this.services.log.error('held.not-offered', { posthorn: error instanceof PosthornError });
      return { outcome: { outcome: 'deferred', reason: 'interrupted', about: 'message' }, isBegun: false };
    }
  }

  /** Those that were offered least often come first, of these the newest. */
  #due(id: AgreementId): HeldMail[] {
    const now = this.services.clock.now();
    const due = this.mailbox.custody.asHolder.held(id).filter((each) => isOffered(each) && isHeldDue(each, now));
    return due.sort((one, other) => one.attempts - other.attempts);
  }

  /** Whether the next envelope may be offered. */
  #settle(held: HeldMail, { outcome, isBegun }: Offered, signal: AbortSignal): boolean {
    const { asHolder } = this.mailbox.custody;
    if (outcome.outcome === 'delivered') {
      asHolder.dropHeld([held.id], { handedOver: true });
      return true;
    }
    if (signal.aborted) return false;
    const { clock, random } = this.services;
    const judged = judgeOffer({ held, outcome, isBegun, now: clock.now(), fraction: random.fraction() });
    if (judged.tries) asHolder.recordHeldTries(held.id, judged.tries);
    return judged.next;
  }

  #ageLater(): void {
    const wait = jittered({ milliseconds: AGE_EVERY_MS, fraction: this.services.random.fraction() });
    this.#cancelAging = this.services.clock.setTimer(wait, () => {
      void this.#age();
      this.#ageLater();
    });
  }

  /**
   * Deletes envelopes whose time is over, if they were also kept long enough while we ran: otherwise a clock that jumps
   * ahead would delete mail.
   */
  async #age(): Promise<void> {
    try {
      const now = this.services.clock.now();
      this.mailbox.custody.asHolder.ageHeld(Math.min(Math.max(0, now - this.#agedAt), LONGEST_AGE_MS));
      this.#agedAt = now;
      for (const agreement of this.mailbox.custody.agreements.all().filter(({ role }) => role === 'holder'))
        await this.#expire(agreement, now);
    } catch (error) {
      this.services.log.error('held.not-aged', { posthorn: error instanceof PosthornError });
    }
  }

  async #expire(agreement: Agreement, now: number): Promise<void> {
    const held = this.mailbox.custody.asHolder
      .held(agreement.id)
      .filter(({ until, keptMs }) => until <= now && keptMs >= LEAST_KEPT_MS);
    await dropHeld(this.services, this.mailbox, { agreement, held });
  }
}
