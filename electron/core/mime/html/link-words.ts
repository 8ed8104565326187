/** Where a reader can go; within a page and by script nobody goes anywhere. */
const SCHEME = /^(?:https?|ftps?|mailto|tel|xmpp|geo|news|gemini|sip|matrix|magnet):/i;
/** Characters of a target that is written; no person reads a longer one. */
const MAX_TARGET = 2_000;

/** The words of a link, and whether they say where it leads. */
export class LinkWords {
  #target: string | undefined;
  #words = '';

  begin(target: string): void {
    const bare = target.replace(/[\t\n\r]/g, '').trim();
    this.#target =
      SCHEME.test(bare) && bare.length <= MAX_TARGET ? bare.replaceAll(' ', '%20').replaceAll('>', '%3E') : undefined;
    this.#words = '';
  }

  add(words: string): void {
    if (this.#target !== undefined && this.#words.length <= this.#target.length + 2) this.#words += words;
  }

  /** The target when the words do not say it. */
  end(): string | undefined {
    const target = this.#target;
    this.#target = undefined;
    return target === undefined || bareTarget(target) === bareTarget(this.#words) ? undefined : target;
  }
}

/** As people write it: without scheme and last slash. */
const bareTarget = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/^(?:https?:\/\/|mailto:|tel:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
