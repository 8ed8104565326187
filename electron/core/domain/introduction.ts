import type { MailAddress } from '../../../shared/ids';

/** The words of an introduction, for every mail program. The names that the user has for people are not in it. */
export function introductionText(o: { readonly address: MailAddress; readonly note: string }): string {
  const note = o.note.trim();
  return [
    ...(note === '' ? [] : [note, '']),
    `I would like to introduce you to ${localPartOf(o.address)}:`,
    '',
    o.address,
    '',
    'Their key comes with this message, certified by me.',
    '',
  ].join('\n');
}

/** The words of a notice that somebody moves to another address. */
export function moveText(to: MailAddress): string {
  return [
    'I am moving to a new address:',
    '',
    to,
    '',
    'This message is signed by my old key, and the new key that comes with it vouches for the old one.',
    '',
  ].join('\n');
}

/** What stands before the `@`, without a tag. */
export function localPartOf(address: MailAddress): string {
  return address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, '');
}
