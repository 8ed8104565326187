import type { AddressProblem } from '../../shared/contact';

/** What is wrong with a typed address, and what to do. */
export const addressProblemWords: Readonly<Record<AddressProblem, string>> = {
  empty: 'Type an address such as name@….onion.',
  'no-at': 'An address needs an @ between the name and the onion.',
  several: 'There is more than one address here. Give one alone.',
  unreadable:
    'This cannot be read as one address. Write it alone, or in angle brackets behind a name: Bob <name@….onion>.',
  'local-part': 'The part before the @ may only have lower-case letters, digits, and . _ - between them.',
  'not-onion': 'Posthorn writes to onion addresses only. The part after the @ must end in .onion.',
  length: 'The onion name must be exactly 56 characters long. Part of it may have been cut off.',
  alphabet: 'The onion name may only have the letters a–z and the digits 2–7. One character does not belong.',
  case: 'Onion addresses are written in lower case.',
  checksum: 'A character of the onion name is wrong: its checksum does not match. Copy the address again.',
  version: 'This is an onion name of another version. Posthorn needs a version 3 onion.',
  'low-order': 'This onion name is not a safe key. Nobody can have made it by accident; do not use it.',
  torsion: 'This onion name is not a safe key. Nobody can have made it by accident; do not use it.',
};
