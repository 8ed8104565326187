import type { UnlockOutcome } from '../../../../shared/contract/core-contract';
import type { CoreEvent, ProfileState } from '../../../../shared/contract/core-events';
import { PosthornError } from '../../../../shared/errors';
import { isArrival } from '../../../../shared/arrival/late-mail';
import { MINUTE_MS } from '../../domain/time';
import type { ProfileSession } from '../../mail/profile/profile-session';
import type { Clock, Events, Unsubscribe } from '../../ports/runtime';
import { done, type Handlers } from '../handler-kit';

/** Events that tell of nobody's mail. */
const knownToAll: ReadonlySet<CoreEvent['type']> = new Set(['tor.changed', 'upgrade.progressed']);

type AnyHandler = (params: never) => unknown;

export type WindowGateParts = {
  readonly session: ProfileSession;
  readonly events: Events;
  readonly clock: Pick<Clock, 'setTimer'>;
  /** Told when a passphrase begins to be tried, and when that has ended. */
  readonly onOpening: () => void;
};

/**
 * What stands between the windows and an open profile while they are locked. A call is refused, and an event kept back,
 * unless it is named here: what the contract will have one day is refused, too.
 */
export class WindowGate {
  readonly #session: ProfileSession;
  readonly #events: Events;
  readonly #clock: Pick<Clock, 'setTimer'>;
  readonly #onOpening: () => void;
  #locked = false;
  #arrived = 0;
  /** Unlocks of the profile that are under way: the passphrase is being tried. */
  #opening = 0;
  /** Grows with every lock: what was asked before one is not answered after it. */
  #locks = 0;
  #cancelTimer: Unsubscribe = () => undefined;

  constructor({ session, events, clock, onOpening }: WindowGateParts) {
    this.#session = session;
    this.#events = events;
    this.#clock = clock;
    this.#onOpening = onOpening;
    events.subscribe((event) => this.#note(event));
  }

  /** Whether mail arrives behind locked windows. */
  get isLocked(): boolean {
    return this.#locked && this.#session.state().state === 'unlocked';
  }

  /** Whether the passphrase of a locked profile is being tried for a window. */
  get isOpening(): boolean {
    return this.#opening > 0;
  }

  /**
   * Locks the windows; nothing where the profile itself is locked. While it is being unlocked the windows stay locked
   * when it is open: whoever walks away then must not leave their mail to the next one.
   */
  lock(): void {
    if (this.#locked) return;
    if (this.#session.state().state !== 'unlocked') {
      if (this.#opening > 0) this.#close();
      return;
    }
    this.#close();
    this.#lockAllLater();
    this.#tell();
  }

  /** Stops what it waits for. */
  stop(): void {
    this.#cancelTimer();
  }

  /** Unlocks the profile and no window: the desktop's keyring gave the passphrase, and nobody may sit there. */
  async unlockBehind(passphrase: string): Promise<UnlockOutcome> {
    // The windows are locked before the profile is open.
    if (this.#session.state().state === 'locked') this.#close();
    return this.#tryToOpen(passphrase);
  }

  /** The table of handlers, for windows: a locked one is refused everything that could tell of mail. */
  guard(handlers: Handlers): Handlers {
    const guarded = Object.entries(handlers).map(([method, handler]) => [method, this.#guarded(handler)]);
    return {
      ...(Object.fromEntries(guarded) as Handlers),
      'profile.state': () => this.#state(),
      'profile.unlock': ({ passphrase }) => this.#unlock(passphrase),
      'profile.lock': handlers['profile.lock'],
      'profile.lockWindow': () => (this.lock(), done),
      'tor.status': handlers['tor.status'],
    };
  }

  /** The event as a window may know it; undefined when it may not. */
  shown(event: CoreEvent): CoreEvent | undefined {
    if (!this.#locked || knownToAll.has(event.type)) return event;
    const counts = event.type === 'message.stored' && isArrival(event.message);
    if (event.type !== 'profile.changed' && !counts) return undefined;
    return { type: 'profile.changed', profile: this.#state() };
  }

  #guarded(handler: AnyHandler): AnyHandler {
    return async (params: never) => {
      this.#requireOpen(this.#locks);
      const asked = this.#locks;
      try {
        return await handler(params);
      } finally {
        // Nor is it told why it was refused.
        this.#requireOpen(asked);
      }
    };
  }

  #requireOpen(asked: number): void {
    if (!this.#locked && asked === this.#locks) return;
    throw new PosthornError(
      'window-locked',
      'The window is locked. Mail goes on arriving; unlock the window with your passphrase to see it.',
    );
  }

  #state(): ProfileState {
    if (!this.isLocked) return this.#session.state();
    return { ...this.#session.closedState(), receiving: { arrived: this.#arrived } };
  }

  async #unlock(passphrase: string): Promise<UnlockOutcome> {
    if (!this.#locked) return this.#tryToOpen(passphrase);
    const tried = await this.#session.prove(passphrase);
    if (tried.outcome === 'unlocked') this.#open();
    return tried;
  }

  async #tryToOpen(passphrase: string): Promise<UnlockOutcome> {
    this.#opening += 1;
    this.#onOpening();
    try {
      const tried = await this.#session.unlock(passphrase);
      if (this.isLocked) this.#lockAllLater();
      return tried;
    } finally {
      this.#opening -= 1;
      // Where nothing was opened no mail arrives, and a window must not be told that it does.
      if (this.#session.state().state === 'locked') this.#end();
      this.#onOpening();
    }
  }

  /** A lock of everything may have come meanwhile; then there is nothing to open. */
  #open(): void {
    if (!this.#locked) return;
    this.#end();
    this.#tell();
  }

  #end(): void {
    this.#locked = false;
    this.#cancelTimer();
  }

  /**
   * Who wants everything locked after a time without input wants it behind a locked window, too, whose page knows
   * nothing of that.
   */
  #lockAllLater(): void {
    this.#cancelTimer();
    const { autoLockMinutes, autoLocks } = this.#session.settings();
    if (autoLockMinutes === 0 || autoLocks === 'window') return;
    this.#cancelTimer = this.#clock.setTimer(autoLockMinutes * MINUTE_MS, () => void this.#session.lock());
  }

  #close(): void {
    this.#locked = true;
    this.#arrived = 0;
    this.#locks += 1;
  }

  /** Where everything is locked the profile guards itself, and its passphrase opens all. */
  #note(event: CoreEvent): void {
    if (event.type === 'profile.changed' && this.#session.state().state !== 'unlocked') this.#end();
    if (this.#locked && event.type === 'message.stored' && isArrival(event.message)) this.#arrived += 1;
  }

  #tell(): void {
    this.#events.publish({ type: 'profile.changed', profile: this.#session.state() });
  }
}
