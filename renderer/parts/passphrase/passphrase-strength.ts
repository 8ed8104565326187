/** How well a passphrase would stand against somebody who holds a copy of the disk. */
export type PassphraseStrength = {
  /** 0 too short to be accepted, 1 weak, 2 fair, 3 good, 4 strong. */
  readonly level: 0 | 1 | 2 | 3 | 4;
  readonly word: string;
  readonly hint: string;
};

export const MINIMUM_PASSPHRASE_LENGTH = 8;

/** A word taken from a list of about 8,000 is worth 13 bits, however many letters it has. */
const BITS_PER_WORD = 13;
const commonParts =
  /pass(word|phrase)?|letmein|welcome|qwert[yz]|asdf|admin|iloveyou|dragon|monkey|secret|posthorn|12345*|abcd*|0000+|1111+/gi;

/**
 * Judges a passphrase with a deliberately sober guess of its entropy; Argon2id makes every guess cost about a second,
 * so 40 bits are already out of reach for most and 65 for everybody.
 */
export const passphraseStrength = (passphrase: string): PassphraseStrength => {
  if (passphrase.length < MINIMUM_PASSPHRASE_LENGTH) {
    return {
      level: 0,
      word: 'Too short',
      hint: `Use at least ${MINIMUM_PASSPHRASE_LENGTH} characters. A few unrelated words are easy to keep in mind.`,
    };
  }
  const bits = estimateBits(passphrase);
  if (bits < 30) return { level: 1, word: 'Weak', hint: 'Easy to guess. Add two or three unrelated words.' };
  if (bits < 42)
    return { level: 2, word: 'Fair', hint: 'Good against the curious. Another word makes it much better.' };
  if (bits < 60) return { level: 3, word: 'Good', hint: 'Hard to guess.' };
  return { level: 4, word: 'Strong', hint: 'Nobody will guess this one.' };
};

const estimateBits = (passphrase: string): number => {
  const reduced = passphrase.replace(commonParts, 'x');
  const byCharacters = effectiveLength(reduced) * Math.log2(alphabetSize(reduced));
  const words = reduced.split(/[\s\-_.,]+/).filter((word) => word !== '');
  const plainWords = words.every((word) => /^\p{L}+$/u.test(word));
  return plainWords ? Math.min(byCharacters, words.length * BITS_PER_WORD) : byCharacters;
};

/** Counts characters that neither repeat the one before nor continue its run (`aaa`, `123`). */
const effectiveLength = (text: string): number => {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const step = index === 0 ? Number.NaN : text.charCodeAt(index) - text.charCodeAt(index - 1);
    length += Math.abs(step) <= 1 ? 0.25 : 1;
  }
  return length;
};

const alphabetSize = (text: string): number => {
  const classes: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/[0-9]/, 10],
    [/[^A-Za-z0-9]/, 20],
  ];
  return Math.max(
    2,
    classes.reduce((sum, [pattern, size]) => sum + (pattern.test(text) ? size : 0), 0),
  );
};
