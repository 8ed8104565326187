/**
 * What is wrong with the name of a new identity, in words, or nothing when it can be used. Mirrors `LocalPart` of the
 * contract.
 */
export const localPartProblem = (text: string): string | undefined => {
  if (text === '') return 'Choose a name for the part before the @.';
  if (text.length > 64) return 'Use at most 64 characters.';
  if (/[A-Z]/.test(text)) return 'Use lower-case letters only.';
  if (/\s/.test(text)) return 'Leave out spaces; a dot or a dash reads well instead.';
  if (text.includes('@')) return 'Only the part before the @; the onion after it is made for you.';
  if (text.includes('+')) return 'A + is kept for tags, which need no setting up.';
  if (/[^a-z0-9._-]/.test(text)) return 'Use letters a–z, digits, and . _ - between them.';
  if (/^[._-]|[._-]$/.test(text)) return 'Begin and end with a letter or a digit.';
  if (/[._-]{2}/.test(text)) return 'Put only one . _ or - between letters.';
  return undefined;
};
