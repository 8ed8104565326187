import type { WebContents } from 'electron';
import type { ShellWish, WishMessage } from '../../../shared/contract/shell-contract';

/** IPC channel of the preload script (entry-preload.ts). */
export const wishChannel = 'posthorn:wish';

/** A page that does not answer by then, loading included, hangs; whoever wished goes on without it. */
const answerLimitMs = 20_000;

/** A page as far as wishes go. */
export type WishPage = Pick<WebContents, 'send'>;

/** Wishes that the main process has of the page, in order. What is wished before the page listens waits for it. */
export class PageWishes {
  readonly #limitMs: number;
  readonly #waiting = new Map<number, (heard: boolean) => void>();
  #queue: WishMessage[] = [];
  #page: WishPage | undefined;
  #last = 0;

  constructor(limitMs = answerLimitMs) {
    this.#limitMs = limitMs;
  }

  /** Whether there is a page that hears. */
  get listening(): boolean {
    return this.#page !== undefined;
  }

  /** Resolves with true when the page has answered, with false when it hangs or is gone. */
  ask(wish: ShellWish, limitMs = this.#limitMs): Promise<boolean> {
    this.#last += 1;
    const message: WishMessage = { type: 'posthorn:wish', wishId: this.#last, wish };
    const answered = new Promise<boolean>((resolve) => {
      const limit = setTimeout(() => this.#end(message.wishId, false), limitMs);
      this.#waiting.set(message.wishId, (heard) => {
        clearTimeout(limit);
        resolve(heard);
      });
    });
    if (this.#page === undefined) this.#queue.push(message);
    else this.#page.send(wishChannel, message);
    return answered;
  }

  /** The page hears from now on. */
  listen(page: WishPage): void {
    this.#page = page;
    for (const message of this.#queue.splice(0)) page.send(wishChannel, message);
  }

  /** The page has answered. */
  heard(wishId: number): void {
    this.#end(wishId, true);
  }

  /** The page is gone, and what was wished of it with it. */
  left(): void {
    this.#page = undefined;
    for (const wishId of [...this.#waiting.keys()]) this.#end(wishId, false);
  }

  #end(wishId: number, heard: boolean): void {
    const resolve = this.#waiting.get(wishId);
    this.#waiting.delete(wishId);
    this.#queue = this.#queue.filter((message) => message.wishId !== wishId);
    resolve?.(heard);
  }
}
