/** A newsletter has some thousand tags; every tag more makes taking the HTML apart slower than in proportion. */
const mostTags = 25_000;
const mostCharacters = 3_000_000;

/**
 * Whether HTML can be taken apart in about a second. What cannot is only shown as plain text, or it would freeze the
 * window.
 */
export const isDrawableHtml = (html: string): boolean =>
  html.length <= mostCharacters && html.split('<', mostTags + 2).length <= mostTags + 1;
