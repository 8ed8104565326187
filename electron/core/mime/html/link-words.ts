import { linkTarget } from '../../../../shared/link/link-target';
import { saysTarget } from '../../../../shared/link/says-target';

/** Characters of a target that is written; no person reads a longer one. */
const MAX_TARGET = 2_000;

/** The words of a link, and whether they say where it leads. */
export class LinkWords {
  #target: string | undefined;
  #words = '';

  begin(href: string): void {
    const target = linkTarget(href);
    this.#target = target === undefined || target.length > MAX_TARGET ? undefined : target;
    this.#words = '';
  }

  add(words: string): void {
    if (this.#target !== undefined && this.#words.length <= 2 * MAX_TARGET) this.#words += words;
  }

  /** The target when the words do not say it. */
  end(): string | undefined {
    const target = this.#target;
    this.#target = undefined;
    return target === undefined || saysTarget(this.#words, target) ? undefined : target;
  }
}
