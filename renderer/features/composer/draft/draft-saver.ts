import type { MessageId } from '../../../../shared/ids';
import type { DraftContent } from '../../../../shared/message';

/** Where the saver stands: `pending` has words that are not stored yet. */
export type SaveState = 'idle' | 'pending' | 'saving' | 'saved' | 'failed';

type Wiring = {
  /** Stores the content and answers the draft's id. */
  readonly save: (content: DraftContent, draftId: MessageId | undefined) => Promise<MessageId>;
  readonly onState: (state: SaveState, error: unknown) => void;
  readonly delay: number;
};

/**
 * Saves a draft some milliseconds after the last change, one save at a time: without that order the first two saves
 * would make two drafts. `flush` stores what is pending at once and throws when it cannot.
 */
export class DraftSaver {
  readonly #wiring: Wiring;
  #draftId: MessageId | undefined;
  #pending: DraftContent | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(wiring: Wiring, draftId: MessageId | undefined) {
    this.#wiring = wiring;
    this.#draftId = draftId;
  }

  get draftId(): MessageId | undefined {
    return this.#draftId;
  }

  /** Notes the newest content; it is stored after the delay. */
  change(content: DraftContent): void {
    if (this.#closed) return;
    this.#pending = content;
    this.#wiring.onState('pending', undefined);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush().catch(() => undefined), this.#wiring.delay);
  }

  /** Stores everything noted so far; resolves when it is durable. Throws what the save threw. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running !== undefined || this.#pending !== undefined) {
      if (this.#running !== undefined) await this.#running.catch(() => undefined);
      else if (this.#pending !== undefined) await (this.#running = this.#saveOnce(this.#pending));
    }
  }

  /** The id of the stored draft; stores `content` when there is none yet. */
  async ensureStored(content: DraftContent): Promise<MessageId> {
    if (this.#draftId === undefined) this.#pending ??= content;
    await this.flush();
    if (this.#draftId === undefined) throw new Error('a stored draft has an id');
    return this.#draftId;
  }

  /** Ends saving and forgets what is pending: the draft was sent or discarded. */
  close(): void {
    this.#closed = true;
    this.#pending = undefined;
    clearTimeout(this.#timer);
  }

  /** A question of its own: what was pending before a save began is no answer for afterwards. */
  #hasPending(): boolean {
    return this.#pending !== undefined;
  }

  async #saveOnce(content: DraftContent): Promise<void> {
    this.#pending = undefined;
    this.#wiring.onState('saving', undefined);
    try {
      this.#draftId = await this.#wiring.save(content, this.#draftId);
      this.#wiring.onState(this.#hasPending() ? 'pending' : 'saved', undefined);
    } catch (error) {
      // Keep the words for the next try unless newer ones have arrived meanwhile.
      if (!this.#closed) this.#pending ??= content;
      this.#wiring.onState('failed', error);
      throw error;
    } finally {
      this.#running = undefined;
    }
  }
}
