import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import type { Protection, ProtectionReason } from '../../../../shared/message';
import type { Standing } from '../../../../shared/trust';
import { onionOf } from '../mail-address';

/** What is known of a message that arrived, when it is stored. */
export type KnownSender = {
  /** Our own address: who says this. */
  readonly by: MailAddress;
  readonly from: MailAddress;
  readonly protection: Protection;
  readonly protectionReason: ProtectionReason;
  readonly signedBy?: Fingerprint;
  readonly introducedBy?: readonly MailAddress[];
  /** Of the sender, if they are a contact. */
  readonly standing?: Standing['kind'];
};

const STANDINGS: Readonly<Record<Standing['kind'], string>> = {
  'no-key': 'the onion of the sender vouches for the key',
  unverified: 'the onion of the sender vouches for the key',
  verified: 'the reader has verified the key of the sender',
  introduced: 'people whom the reader trusts vouch for the key of the sender',
  changed: 'the onion of the sender vouches for another key than before',
  mismatch: 'the onion of the sender vouches for another key than the scanned code',
  expired: 'the key of the sender has expired',
  revoked: 'the key of the sender is revoked',
};
const REASONS: Readonly<Partial<Record<ProtectionReason, string>>> = {
  'not-addressed-to-you': 'signed by the sender, but not written to the reader',
  'headers-differ': 'signed by the sender, but without its header',
};

/**
 * The Authentication-Results field (RFC 8601) that says how much a message that arrived is worth, with its line ends.
 * It stays as it is written when the message is stored: what is found out later stands in the window.
 */
export function authenticationResults(sender: KnownSender): string {
  const isPass = sender.protection === 'verified';
  const words = (isPass ? undefined : REASONS[sender.protectionReason]) ?? standingWords(sender);
  return [
    `Authentication-Results: ${onionOf(sender.by)};`,
    ` openpgp=${isPass ? 'pass' : 'policy'} reason="${words}"`,
    ` header.from=${sender.from}`,
    ...(sender.signedBy === undefined ? [] : [` policy.signed-by=${sender.signedBy}`]),
    '',
  ].join('\r\n');
}

function standingWords({ standing, introducedBy = [] }: KnownSender): string {
  if (standing !== undefined) return STANDINGS[standing];
  return introducedBy.length > 0 ? STANDINGS.introduced : 'the onion of the sender vouches for the key';
}
