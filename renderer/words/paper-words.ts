/** How many words a paper key has (BIP 39, 256 bits). */
export const PAPER_WORD_COUNT = 24;

/** The words in a text, however they were typed: in capitals, on several lines, numbered as they are on paper. */
export const paperWordsIn = (text: string): readonly string[] =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\d.,;:)]+/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');

/**
 * What is wrong with the words of a paper key as far as it can be told while they are typed, or nothing.
 * @param known the list from which all words of paper keys are
 * @param typing whether the last word may be unfinished
 */
export const paperWordsProblem = (
  text: string,
  { known, typing }: { readonly known: ReadonlySet<string>; readonly typing: boolean },
): string | undefined => {
  const words = paperWordsIn(text);
  const finished = typing && !/\s$/u.test(text) ? words.slice(0, -1) : words;
  const strange = finished.findIndex((word) => !known.has(word));
  if (strange >= 0)
    return `Word ${strange + 1}, “${finished[strange] ?? ''}”, is in no paper key. Compare it with the paper.`;
  if (words.length > PAPER_WORD_COUNT) return `These are ${words.length} words. A paper key has ${PAPER_WORD_COUNT}.`;
  if (!typing && words.length < PAPER_WORD_COUNT)
    return `These are ${words.length} words. A paper key has ${PAPER_WORD_COUNT}.`;
  return undefined;
};
