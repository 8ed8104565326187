import type { Contact } from '../../../shared/contact';
import type { Standing, Voucher } from '../../../shared/trust';
import { plainLine } from './plain-text';
import { timeText } from './show-lines';

type Of<Kind extends Standing['kind']> = Extract<Standing, { kind: Kind }>;
type Writers = { readonly [Kind in Standing['kind']]: (standing: Of<Kind>) => string };

const writers: Writers = {
  'no-key': ({ verified }) => (verified ? 'verified, no key yet' : 'no key yet'),
  unverified: ({ vouchedBy }) =>
    vouchedBy.length === 0 ? 'not verified' : `not verified (vouched for by ${vouchedBy.join(', ')})`,
  verified: ({ at, way, expiresAt }) =>
    `verified ${timeText(at)} by ${way}${expiresAt === undefined ? '' : `, until ${timeText(expiresAt)}`}`,
  introduced: ({ path, others }) => `introduced by ${path.join(' > ')}${others === 0 ? '' : ` and ${others} others`}`,
  changed: ({ at, continuity, wasVerified }) =>
    `KEY CHANGED ${timeText(at)}, ${continuity ? 'the key before signs for it' : 'the key before does not sign for it'}${wasVerified ? '; you had verified that one' : ''}`,
  mismatch: () => 'WRONG KEY: the code that was scanned names another',
  expired: () => 'key expired',
  revoked: () => 'key revoked',
};

/** What a contact's key is worth, in a few words. */
export function standingText(standing: Standing): string {
  // The table is keyed by the standing's own kind, which TypeScript cannot follow through a union.
  const write = writers[standing.kind] as (standing: Standing) => string;
  return write(standing);
}

/** A contact with what their key is worth, and whether they introduce others. */
export function trustLine({ address, standing, introducer, name, moveNotice, scannedYouAt }: Contact): string {
  const parts = [
    address,
    standingText(standing),
    introducer === undefined ? '' : `introducer (depth ${introducer.depth}, ${introducer.amount})`,
    moveNotice === undefined ? '' : `says they moved to ${moveNotice.to}`,
    scannedYouAt === undefined ? '' : `scanned your code ${timeText(scannedYouAt)}`,
    plainLine(name),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

/** One certification on a key. */
export function voucherLine({
  fingerprint,
  address,
  isOwn,
  level,
  at,
  expiresAt,
  shared,
  state,
  introducer,
}: Voucher): string {
  const parts = [
    fingerprint,
    isOwn ? 'you' : (address ?? 'unknown key'),
    level,
    timeText(at),
    expiresAt === undefined ? '' : `until ${timeText(expiresAt)}`,
    shared ? 'shared' : 'private',
    introducer === undefined ? '' : 'as introducer',
    state === 'good' ? '' : state,
  ];
  return parts.filter((part) => part !== '').join('  ');
}
