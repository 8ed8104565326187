/** The nine tints of tokens.css. */
export const TINTS = ['blue', 'teal', 'green', 'amber', 'orange', 'red', 'pink', 'violet', 'slate'] as const;
export type Tint = (typeof TINTS)[number];

/** Always the same tint for the same text (FNV-1a, 32 bit): people are recognised by it. */
export const stableColour = (text: string): Tint => {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return TINTS[hash % TINTS.length] ?? 'slate';
};
