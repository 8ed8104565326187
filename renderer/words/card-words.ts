import { readAddresses } from '../../shared/address/read-addresses';
import type { CardProblem, CardReading } from '../../shared/card';
import type { CertificationLevel } from '../../shared/trust';

/** A heading, and one sentence of what it means and what to do. */
export type CardWords = { readonly title: string; readonly sentence: string };

/** Why a text, picture or file is no card of a person. */
export const cardProblemWords: Readonly<Record<CardProblem, CardWords>> = {
  'not-a-card': {
    title: 'Not a Posthorn card',
    sentence:
      'This code or text belongs to something else: it holds no onion address. Ask for the code that their Posthorn shows under “Show my card”.',
  },
  'several-addresses': {
    title: 'More than one address',
    sentence:
      'A card is of one person only, and this one names several. Do not use it; ask the person to show you theirs.',
  },
  'address-invalid': {
    title: 'The address on this card is wrong',
    sentence: 'Nobody can have this address. Nothing was added; ask them to show their code again.',
  },
  'fingerprint-invalid': {
    title: 'The fingerprint on this card is damaged',
    sentence: 'The address may be right, but the key it names cannot be. Nothing was added; ask for a new card.',
  },
  'key-not-certified': {
    title: 'The key on this card is not theirs',
    sentence:
      'The onion of this address does not vouch for the key that came with the card. Somebody may have exchanged it. Nothing was added.',
  },
  'too-large': {
    title: 'Too large for a card',
    sentence: 'A card has a few kilobytes. This file or text is something else; nothing was read from it.',
  },
};

/** What can go wrong before there is a card to read. */
export type ScanProblem =
  | 'no-code'
  | 'several-codes'
  | 'picture-unreadable'
  | 'picture-too-large'
  | 'picture-too-slow'
  | 'text-too-large'
  | 'file-unknown'
  | 'file-unreadable'
  | 'clipboard-empty'
  | 'screen-refused';

/** The same, and what to do. */
export const scanProblemWords: Readonly<Record<ScanProblem, CardWords>> = {
  'no-code': {
    title: 'No code in this picture',
    sentence: 'Try one that is sharper, or in which the code is larger and has its white edge.',
  },
  'several-codes': {
    title: 'Several codes in this picture',
    sentence: 'Cut it to the one you mean, or turn on “Several people” to take them all.',
  },
  'picture-unreadable': {
    title: 'This picture cannot be read',
    sentence: 'It is damaged or of an unknown kind. PNG, JPEG, WebP and GIF are fine.',
  },
  'picture-too-large': {
    title: 'This picture is too large',
    sentence: 'Posthorn opens pictures of up to 50 megapixels and 40 MB. Cut it to the code, or make it smaller.',
  },
  'picture-too-slow': { title: 'The search took too long', sentence: 'Cut the picture to the code and try again.' },
  'text-too-large': {
    title: 'Too large for a card',
    sentence: 'A card has a few kilobytes. This file is something else; nothing was read from it.',
  },
  'file-unknown': {
    title: 'Neither a picture nor a card',
    sentence: 'Choose a picture of a code, or a .vcf or .txt file with a card.',
  },
  'file-unreadable': {
    title: 'This file cannot be read',
    sentence: 'It may have been moved, or it is a folder. Choose it again.',
  },
  'clipboard-empty': {
    title: 'No card in the clipboard',
    sentence: 'Copy an address, a mailto: link or a picture of a code first, then paste.',
  },
  'screen-refused': {
    title: 'The desktop did not show its screen',
    sentence:
      'Allow Posthorn to record the screen in the settings of your system, or save a picture and choose it here.',
  },
};

/** How well a person was checked. */
export const levelWords: Readonly<Record<CertificationLevel, { readonly label: string; readonly hint: string }>> = {
  positive: { label: 'I checked in person', hint: 'They showed me this code themselves.' },
  casual: { label: 'I am fairly sure', hint: 'It came to me in another way that I trust, such as a video call.' },
};

/** What a scanned card came to, in one short line of a list. */
export const readingState: Readonly<Record<CardReading['outcome'], string>> = {
  new: 'New',
  match: 'In your contacts',
  own: 'Your own card',
  refused: 'Not a card',
  'other-address': 'Other address: do not trust',
  'other-key': 'Other key: do not trust',
};

const spelling: Readonly<Record<string, string>> = {
  '0': 'zero',
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  A: 'Alfa',
  B: 'Bravo',
  C: 'Charlie',
  D: 'Delta',
  E: 'Echo',
  F: 'Foxtrot',
};

/** Hexadecimal digits as they are said over a bad line: `4A` → `four Alfa`. */
export const spoken = (digits: string): string => Array.from(digits, (digit) => spelling[digit] ?? digit).join(' ');

/**
 * Positions at which two texts of equal meaning differ; of different length, all that one has more counts as different.
 */
export const differences = (one: string, other: string): number[] =>
  Array.from({ length: Math.max(one.length, other.length) }, (_, index) => index).filter(
    (index) => one[index] !== other[index],
  );

/** The address that a text seems to hold, to show why it was refused; it may well be none. */
export const addressWithin = (text: string): string | undefined =>
  readAddresses(text.slice(0, 2_000)).find((entry) => entry.outcome === 'address')?.address;
