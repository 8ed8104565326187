import { MOST_PICTURE_OCTETS, MOST_TEXT_OCTETS } from '../codes/limits';

/** What somebody handed in: a picture to look for codes in, or the text of a card. */
export type CardInput =
  | { readonly kind: 'picture'; readonly picture: Blob }
  | { readonly kind: 'text'; readonly text: string };

/** Why a file cannot be looked at. */
export type InputProblem = 'file-unknown' | 'picture-too-large' | 'text-too-large' | 'file-unreadable';

const isPicture = ({ type }: File): boolean => type.startsWith('image/') && type !== 'image/svg+xml';
const isText = ({ type, name }: File): boolean => type.startsWith('text/') || /\.(vcf|vcard|txt|asc|eml)$/iu.test(name);

/** Makes of a file what a card can be read from: pictures, and texts such as `.vcf` and `.txt`. */
export const inputOfFile = async (file: File): Promise<CardInput | { readonly problem: InputProblem }> => {
  if (isPicture(file))
    return file.size > MOST_PICTURE_OCTETS ? { problem: 'picture-too-large' } : { kind: 'picture', picture: file };
  if (!isText(file)) return { problem: 'file-unknown' };
  if (file.size > MOST_TEXT_OCTETS) return { problem: 'text-too-large' };
  try {
    return { kind: 'text', text: await file.text() };
  } catch {
    return { problem: 'file-unreadable' };
  }
};
