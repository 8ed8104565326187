/** A newsletter has some thousand tags; every tag more makes taking the HTML apart slower than in proportion. */
const MOST_TAGS = 25_000;
const MOST_CHARACTERS = 3_000_000;

/**
 * Whether HTML can be taken apart in about a second. What cannot is only shown as plain text, or it would freeze the
 * window.
 */
export const isDrawableHtml = (html: string): boolean =>
  html.length <= MOST_CHARACTERS && html.split('<', MOST_TAGS + 2).length <= MOST_TAGS + 1;
