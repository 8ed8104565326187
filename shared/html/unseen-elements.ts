/** Elements whose words nobody sees, because they are for programs, or for browsers that can do less. */
export const UNSEEN_ELEMENTS: ReadonlySet<string> = new Set(
  'audio canvas datalist iframe noembed noframes noscript object plaintext script style svg template title video xmp'.split(
    ' ',
  ),
);
