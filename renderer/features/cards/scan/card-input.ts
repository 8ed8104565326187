import { MOST_PICTURE_OCTETS, MOST_TEXT_OCTETS } from '../codes/limits';

/** What somebody handed in: a picture to look for codes in, or the text of a card. */
export type CardInput =
  | { readonly kind: 'picture'; readonly picture: Blob }
  | { readonly kind: 'text'; readonly text: string };

/** Why a file cannot be looked at. */
export type InputProblem = 'file-unknown' | 'picture-too-large' | 'text-too-large' | 'file-unreadable';

const isPicture = ({ type }: File): boolean => type.startsWith('image/') && type !== 'image/svg+xml';
const isText = ({ type, name }: File): boolean => type.startsWith('text/') || /\.(vcf|vcard|txt|asc|eml)$/iu.test(name);

/** Other programs write cards in UTF-16 with a mark, or in Windows-1252 without a word. */
const textOf = (octets: Uint8Array): string => {
  const [first, second] = octets;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(octets);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(octets);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return new TextDecoder('windows-1252').decode(octets);
  }
};

/** Makes of a file what a card can be read from: pictures, and texts such as `.vcf` and `.txt`. */
export const inputOfFile = async (file: File): Promise<CardInput | { readonly problem: InputProblem }> => {
  if (isPicture(file))
    return file.size > MOST_PICTURE_OCTETS ? { problem: 'picture-too-large' } : { kind: 'picture', picture: file };
  if (!isText(file)) return { problem: 'file-unknown' };
  if (file.size > MOST_TEXT_OCTETS) return { problem: 'text-too-large' };
  try {
    return { kind: 'text', text: textOf(new Uint8Array(await file.arrayBuffer())) };
  } catch {
    return { problem: 'file-unreadable' };
  }
};
