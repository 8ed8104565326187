import type { Contact } from '../../../shared/contact';
import type { EarlierFate, SignerStanding } from '../../../shared/signer-standing';
import type { Voucher } from '../../../shared/trust';
import { plainLine } from '../../../shared/text/plain-line';
import { timeText } from './show-lines';

type Of<Kind extends SignerStanding['kind']> = Extract<SignerStanding, { kind: Kind }>;
type Writers = { readonly [Kind in SignerStanding['kind']]: (standing: Of<Kind>) => string };

const fates: { readonly [Fate in EarlierFate['fate']]: (fate: Extract<EarlierFate, { fate: Fate }>) => string } = {
  revoked: ({ at }) => `a REVOKED key${at === undefined ? '' : `, known since ${timeText(at)}`}`,
  'never-accepted': ({ at }) => `a key that was NEVER ACCEPTED, until ${timeText(at)}`,
  expired: ({ at }) => `an earlier key, expired and replaced ${timeText(at)}`,
  replaced: ({ at }) => `an earlier key, replaced ${timeText(at)} without its word`,
  vouched: ({ at }) => `an earlier key, replaced ${timeText(at)} with its word`,
  unknown: () => 'ANOTHER KEY than any that is known of them',
  'not-recorded': () => 'a key that was not recorded',
};

const writers: Writers = {
  'no-key': ({ verified }) => (verified ? 'verified, no key yet' : 'no key yet'),
  unverified: ({ vouchedBy }) =>
    vouchedBy.length === 0 ? 'not verified' : `not verified (vouched for by ${vouchedBy.join(', ')})`,
  verified: ({ at, way, expiresAt }) =>
    `verified ${timeText(at)} by ${way}${expiresAt === undefined ? '' : `, until ${timeText(expiresAt)}`}`,
  introduced: ({ path, others }) => `introduced by ${path.join(' > ')}${others === 0 ? '' : ` and ${others} others`}`,
  changed: ({ at, continuity, wasVerified }) =>
    `KEY CHANGED ${timeText(at)}, ${continuity ? 'the key before signs for it' : 'the key before does not sign for it'}${wasVerified ? `; you had verified that one${continuity ? '' : ', so mail to them waits for accept-key'}` : ''}`,
  mismatch: () => 'WRONG KEY: the code that was scanned names another; mail to them waits for accept-key',
  expired: () => 'key expired',
  revoked: () => 'key revoked',
  'earlier-key': (standing) => {
    const write = fates[standing.fate] as (fate: EarlierFate) => string;
    return `signed by ${write(standing)}`;
  },
};

/** What the key of a contact, or of a message, is worth, in a few words. */
export function standingText(standing: SignerStanding): string {
  // The table is keyed by the standing's own kind, which TypeScript cannot follow through a union.
  const write = writers[standing.kind] as (standing: SignerStanding) => string;
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
