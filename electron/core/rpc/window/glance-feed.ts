import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { Glance } from '../../../../shared/glance';
import type { IdentityId } from '../../../../shared/ids';
import { isArrival, isLate } from '../../../../shared/arrival/late-mail';
import { folderCounts, type MailboxSummary } from '../../../../shared/mailbox';
import type { FolderCounts } from '../../../../shared/message';
import type { Services } from '../../mail/mailbox';
import type { ProfileSession } from '../../mail/profile/profile-session';
import type { Unsubscribe } from '../../ports/runtime';

/**
 * Milliseconds in which changes become one: a flood of mail must not become a flood of drawing in the desktop's panel.
 */
const TOGETHER_MS = 200;

export type GlanceFeedParts = {
  readonly session: ProfileSession;
  readonly services: Pick<Services, 'events' | 'clock' | 'onion'>;
  /** Whether the windows are locked while mail arrives. */
  readonly windowLocked: () => boolean;
  /** Whether a passphrase is being tried. */
  readonly opening: () => boolean;
};

/** Tells the desktop how many and in which state, at first and whenever that has changed. */
export class GlanceFeed {
  readonly #parts: GlanceFeedParts;
  readonly #listen: (glance: Glance) => void;
  readonly #counts = new Map<IdentityId, FolderCounts>();
  readonly #clients = new Map<IdentityId, number>();
  readonly #unsubscribe: Unsubscribe;
  #arrived: Glance['arrived'] = { count: 0, late: 0 };
  #cancel: Unsubscribe | undefined;
  #told = '';

  constructor(parts: GlanceFeedParts, listen: (glance: Glance) => void) {
    this.#parts = parts;
    this.#listen = listen;
    this.#unsubscribe = parts.services.events.subscribe((event) => this.#take(event));
    this.#begin();
  }

  /** Tells what no event told of. */
  look(): void {
    this.#tell();
  }

  stop(): void {
    this.#unsubscribe();
    this.#cancel?.();
  }

  #take(event: CoreEvent): void {
    if (event.type === 'mailboxes.changed') this.#recount(event.identityId, event.mailboxes);
    if (event.type === 'holding.changed') this.#countClients(event.identityId);
    if (event.type === 'message.stored' && isArrival(event.message)) {
      const { count, late } = this.#arrived;
      this.#arrived = { count: count + 1, late: late + Number(isLate(event.message)) };
    }
    if (event.type === 'identity.removed') this.#forget(event.identityId);
    if (event.type === 'identity.changed' && !this.#counts.has(event.identity.id)) this.#count(event.identity.id);
    // What locks or unlocks is told at once: the desktop ends the page of a window that was locked.
    if (event.type === 'profile.changed') this.#begin();
    else if (!tellsNothing.has(event.type)) this.#tellSoon();
  }

  #begin(): void {
    this.#counts.clear();
    this.#clients.clear();
    const { session } = this.#parts;
    if (session.state().state === 'unlocked') for (const { id } of session.identities()) this.#count(id);
    this.#tell();
  }

  #count(id: IdentityId): void {
    try {
      this.#counts.set(id, folderCounts(this.#parts.session.require(id).mailboxes.all()));
      this.#countClients(id);
    } catch {
      // It is damaged, or just being opened or closed: what it holds cannot be counted.
      this.#forget(id);
    }
  }

  /** `changed`: some of the mailboxes; the others are as they were. */
  #recount(id: IdentityId, changed: readonly MailboxSummary[]): void {
    const before = this.#counts.get(id);
    const now = folderCounts(changed);
    const uses = changed.flatMap(({ specialUse }) => specialUse ?? []);
    if (before) this.#counts.set(id, { ...before, ...Object.fromEntries(uses.map((use) => [use, now[use]])) });
  }

  #countClients(id: IdentityId): void {
    try {
      const agreements = this.#parts.session.require(id).custody.agreements.all();
      this.#clients.set(id, agreements.filter(({ role, state }) => role === 'holder' && state === 'active').length);
    } catch {
      this.#clients.delete(id);
    }
  }

  #forget(id: IdentityId): void {
    this.#counts.delete(id);
    this.#clients.delete(id);
  }

  #tellSoon(): void {
    this.#cancel ??= this.#parts.services.clock.setTimer(TOGETHER_MS, () => this.#tell());
  }

  #tell(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const glance = this.#glance();
    const told = JSON.stringify(glance);
    if (told === this.#told) return;
    this.#told = told;
    this.#listen(glance);
  }

  #profile(): Glance['profile'] {
    const { session, windowLocked, opening } = this.#parts;
    const { state } = session.state();
    if (windowLocked()) return 'window-locked';
    return state === 'locked' && opening() ? 'opening' : state;
  }

  #glance(): Glance {
    const { session, services } = this.#parts;
    const { state } = session.state();
    const counts = [...this.#counts.values()];
    return {
      profile: this.#profile(),
      tor: services.onion.status().phase,
      unread: sum(counts.map(({ inbox }) => inbox)),
      waiting: sum(counts.map(({ outbox }) => outbox)),
      keepsFor: sum([...this.#clients.values()]),
      notifies: state === 'unlocked' && session.settings().notifications,
      arrived: this.#arrived,
    };
  }
}

/** Events in which nothing of a glance can have changed, and which come in crowds. */
const tellsNothing: ReadonlySet<CoreEvent['type']> = new Set([
  'transfer.progressed',
  'catch-up.progressed',
  'backup.progressed',
  'upgrade.progressed',
  'trust.changed',
  'message.changed',
  'delivery.changed',
]);

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
