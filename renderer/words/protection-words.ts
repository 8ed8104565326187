import type { ProtectionReason } from '../../shared/message';

/** Why a message carries the badge or not, in one sentence each. */
export const protectionText: Readonly<Record<ProtectionReason, string>> = {
  ok: 'Encrypted for you and signed by the key that the sender’s onion address certifies: it was written by whoever holds this address.',
  own: 'You wrote this message; it is kept here encrypted with your own key.',
  'key-expired': 'It is signed, but the sender’s key had expired, so the signature proves less than it should.',
  'key-revoked': 'It is signed, but the sender has withdrawn the key that signed it: do not rely on who wrote it.',
  'not-addressed-to-you': 'It is signed, but your address is not among its recipients: somebody may have passed it on to you under false pretences.',
  'headers-differ': 'The sender, recipients or subject outside differ from the signed ones inside; the signed ones are shown.',
};
