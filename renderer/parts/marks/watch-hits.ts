import { hitRanges, markedWords } from '../../../shared/search/mark-hits';
import type { MarkedPart } from '../../../shared/search/mark-hits';
import type { SearchQuery } from '../../../shared/search/search-query';

/** By this name the style sheets know the hits. */
const NAME = 'search-hit';
/** Characters of a text that are looked through: a text of megabytes would hold up every key. */
const MOST_CHARACTERS = 200_000;

/**
 * Marks what was searched for in the texts below an element that say which part of a message they are (`data-hits`),
 * also in those that come later. The page itself stays as it is: the marks are ranges that the browser paints.
 * @returns how to stop, which takes the marks away
 */
export const watchHits = (root: HTMLElement, query: SearchQuery): (() => void) => {
  const view = root.ownerDocument.defaultView;
  if (!view) return () => undefined;
  let marked: readonly Range[] = [];
  let due = 0;
  const clear = () => {
    const shown = view.CSS.highlights.get(NAME);
    for (const range of marked) shown?.delete(range);
    marked = [];
  };
  const mark = () => {
    clear();
    marked = rangesIn(root, query);
    const shown = view.CSS.highlights.get(NAME) ?? new view.Highlight();
    for (const range of marked) shown.add(range);
    view.CSS.highlights.set(NAME, shown);
  };
  const observer = new view.MutationObserver(() => {
    view.cancelAnimationFrame(due);
    due = view.requestAnimationFrame(mark);
  });
  observer.observe(root, { childList: true, characterData: true, subtree: true });
  mark();
  return () => {
    observer.disconnect();
    view.cancelAnimationFrame(due);
    clear();
  };
};

const rangesIn = (root: HTMLElement, query: SearchQuery): Range[] => {
  const page = root.ownerDocument;
  const walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const ranges: Range[] = [];
  for (let node = walker.nextNode(), left = MOST_CHARACTERS; node && left > 0; node = walker.nextNode()) {
    const text = node.nodeValue ?? '';
    const part = node.parentElement?.closest<HTMLElement>('[data-hits]')?.dataset['hits'];
    if (!isPart(part)) continue;
    left -= text.length;
    for (const { from, to } of hitRanges(text.slice(0, MOST_CHARACTERS), markedWords(query, part))) {
      const range = page.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      ranges.push(range);
    }
  }
  return ranges;
};

const PARTS: ReadonlySet<string> = new Set<MarkedPart>(['people', 'subject', 'text', 'filename']);
const isPart = (part: string | undefined): part is MarkedPart => part !== undefined && PARTS.has(part);
