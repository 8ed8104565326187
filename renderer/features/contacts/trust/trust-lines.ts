import type { IntroducerTrust, Verification, Voucher } from '../../../../shared/trust';
import { dayText } from '../../../words/date-text';

/** How a verification was made and who may see it: a line below its sentence. */
export const verificationLine = ({ level, shared }: Verification): string =>
  `${level === 'positive' ? 'You were sure that it was them' : 'You checked casually'} · ${shared ? 'Shared: others may see that you know them' : 'Private: nobody else sees it'}`;

/** Whom an introducer's word reaches. */
export const depthText = (depth: number): string => {
  if (depth === 1) return 'people whom they have verified themselves';
  return depth === 2
    ? 'people whom they or their own introducers have verified'
    : `people up to ${depth} introductions away`;
};

/** What an introducer may do, in one sentence. */
export const introducerLine = ({ depth, amount }: IntroducerTrust): string =>
  `They introduce ${depthText(depth)}. ${amount === 'full' ? 'Their word alone is enough.' : 'Their word counts together with that of two others.'}`;

const levels: Readonly<Record<Voucher['level'], string>> = {
  generic: 'Certified',
  persona: 'Certified without checking',
  casual: 'Checked casually',
  positive: 'Checked in person',
};

/** One certification in a line: how well, when, until when, and who may see it. */
export const voucherLine = ({ level, at, expiresAt, shared, introducer }: Voucher): string =>
  [
    `${levels[level]} on ${dayText(at)}`,
    ...(expiresAt === undefined ? [] : [`until ${dayText(expiresAt)}`]),
    shared ? 'shared' : 'private',
    ...(introducer === undefined ? [] : ['as an introducer']),
  ].join(' · ');

/** What hinders a certification from counting, in a word for a badge; undefined when nothing does. */
export const voucherTrouble = ({ state }: Voucher): string | undefined => {
  const words: Readonly<Record<Voucher['state'], string | undefined>> = {
    good: undefined,
    expired: 'Expired',
    revoked: 'Taken back',
    unchecked: 'Cannot be checked',
  };
  return words[state];
};

/** `1234 ABCD`: the end of a fingerprint, for a key of which nothing else is known. */
export const shortKey = (fingerprint: string): string => `${fingerprint.slice(-8, -4)} ${fingerprint.slice(-4)}`;
