import type { LinkWarning } from '../../../shared/link/link-warnings';

/** What could mislead a person about a link, in words. */
export const linkWarningWords: Readonly<Record<LinkWarning, string>> = {
  'other-site': 'The words of this link name another site than the one it leads to.',
  'other-address': 'The words of this link name another address than the one it writes to.',
  copies: 'A letter by this link also goes to addresses that its words do not name.',
  'user-name': 'What stands before the @ is not the site. The site stands behind it.',
  'foreign-letters': 'The name of this host has letters that are not a–z (xn--…). They can look like other letters.',
  number: 'This link leads to a number instead of the name of a site.',
};

/** What a link leads to, by kind. */
export const linkEndWords = { site: 'Site', to: 'Address', cc: 'Copy to', bcc: 'Hidden copy to' } as const;
