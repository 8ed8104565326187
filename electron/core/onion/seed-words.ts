import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 24;

/** A 32-octet seed as 24 English words with a checksum of eight bits (BIP 39). */
export function seedToWords(seed: Uint8Array): string[] {
  return entropyToMnemonic(seed, wordlist).split(' ');
}

/**
 * The seed of 24 words, however they were typed: in capitals, on several lines, numbered as they are on paper.
 * Undefined for words that are not on the list, too few or too many, and a wrong checksum.
 */
export function seedFromWords(text: string): Uint8Array | undefined {
  const words = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\d.,;:)]+/gu, ' ')
    .trim()
    .split(/\s+/u);
  if (words.length !== WORDS) return undefined;
  try {
    return Uint8Array.from(mnemonicToEntropy(words.join(' '), wordlist));
  } catch {
    return undefined;
  }
}
