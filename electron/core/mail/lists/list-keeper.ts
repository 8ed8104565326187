import { PosthornError } from '../../../../shared/errors';
import type { MailboxId } from '../../../../shared/ids';
import { jittered } from '../../domain/published-time';
import { FIRST_PARTNERS, POSTS_AT_ONCE, REPAIR_MS } from '../../domain/lists/list-limits';
import { isShown } from '../../domain/lists/list-state';
import { syncPartners } from '../../domain/lists/push-targets';
import type { Unsubscribe } from '../../ports/runtime';
import type { UnfiledPost } from '../../ports/storage/lists/mailing-lists';
import type { Mailbox, Services } from '../mailbox';
import { afterDeciding } from './change-members';
import { decidePending } from './decide';
import { filePost } from './file-post';
import { followState } from './follow-state';
import { makeListMailbox } from './make-list-mailbox';
import { openStored, type OpenList } from './open-list';
import { sendVector } from './send-batches';

type KeeperServices = Pick<Services, 'clock' | 'random' | 'custodyCrypto' | 'pgp' | 'mime' | 'log'>;

/**
 * Keeps an identity's lists: files the posts that came, and asks other members what is new, some when we come online
 * and one from time to time. Nothing of a list is lost when a push is, or when whoever posted is never seen again.
 */
export class ListKeeper {
  readonly name = 'lists';
  #filing: Promise<void> | undefined;
  #isMore = false;
  #isClosed = false;
  #isOnline = false;
  /** Undefined while nobody is asked. */
  #cancelTimer: Unsubscribe | undefined;

  constructor(
    private readonly services: KeeperServices,
    private readonly mailbox: Mailbox,
  ) {}

  /** What came is filed; what comes meanwhile, too. Never throws. */
  file(): void {
    if (this.#isClosed) return;
    this.#isMore = true;
    this.#filing ??= this.#fileAll().finally(() => {
      this.#filing = undefined;
    });
  }

  online(isOnline: boolean): void {
    this.#isOnline = isOnline;
    this.#stopAsking();
    if (!isOnline || this.#isClosed) return;
    this.#ask(FIRST_PARTNERS);
    this.file();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopAsking();
    await this.#filing;
  }

  #stopAsking(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** Who is on no list needs no timer. */
  #keepAsking(): void {
    if (this.#cancelTimer || !this.#isOnline || this.mailbox.lists.all().length === 0) return;
    const wait = jittered({ milliseconds: REPAIR_MS, fraction: this.services.random.fraction() });
    this.#cancelTimer = this.services.clock.setTimer(wait, () => {
      this.#cancelTimer = undefined;
      this.#ask(1);
      this.file();
    });
  }

  #ask(count: number): void {
    try {
      for (const stored of this.mailbox.lists.all())
        if (stored.standing === 'member') this.#askOf(openStored(this.services, this.mailbox, stored), count);
    } catch (error) {
      this.services.log.error('lists.not-asked', { posthorn: error instanceof PosthornError });
    }
  }

  #askOf(list: OpenList, count: number): void {
    const { services, mailbox } = this;
    // What a crash left undone.
    followState(services, mailbox, { list: list.of.list, state: list.state });
    afterDeciding(services, mailbox, { list, entries: decidePending(services, mailbox, list) });
    const self = mailbox.identity().address;
    const fraction = (): number => services.random.fraction();
    for (const to of syncPartners(list.state, { self, count, fraction })) sendVector(services, mailbox, { list, to });
  }

  async #fileAll(): Promise<void> {
    try {
      this.#keepAsking();
      while (this.#isMore && this.#goesOn()) {
        this.#isMore = false;
        await this.#fileThose();
      }
    } catch (error) {
      this.services.log.error('lists.not-filed', { posthorn: error instanceof PosthornError });
    }
  }

  #goesOn(): boolean {
    return !this.#isClosed;
  }

  async #fileThose(): Promise<void> {
    for (let after = 0; !this.#isClosed;) {
      const posts = this.mailbox.lists.unfiled({ after, limit: POSTS_AT_ONCE });
      for (const post of posts) if (this.#goesOn()) await this.#fileOne(post);
      const last = posts.at(-1);
      if (!last) return;
      after = last.row;
    }
  }

  /** A post that waits for a steward stays as it is. */
  async #fileOne({ row, list: id, entry }: UnfiledPost): Promise<void> {
    const { services, mailbox } = this;
    const stored = mailbox.lists.find(id);
    if (!stored) return;
    const list = openStored(services, mailbox, stored);
    if (!isShown(list.state, entry)) return;
    const into = this.#mailboxOf(list);
    const outcome = await filePost(services, mailbox, { list, entry, into }).catch((error: unknown) => {
      if (error instanceof PosthornError && error.code === 'unreadable-content') return 'refused' as const;
      throw error;
    });
    if (outcome === 'refused') services.log.warn('list.post-refused');
    mailbox.lists.setFiled(row);
  }

  /** The person may have deleted the mailbox: what comes then is filed into a new one. */
  #mailboxOf(list: OpenList): MailboxId {
    const { mailbox: id } = list.stored;
    if (this.mailbox.mailboxes.all().some((box) => box.id === id)) return id;
    const made = makeListMailbox(this.services, this.mailbox, list.of);
    this.mailbox.lists.change(list.of.list, { mailbox: made });
    return made;
  }
}
