import type { ProtectionReason } from '../../shared/message';
import type { Words } from './tone';

/** Why a message carries its badge, or none. */
export const protectionReasonWords: Readonly<Record<ProtectionReason, Words>> = {
  ok: {
    title: 'Verified',
    sentence:
      'Sealed for you and signed with the key that the sender’s onion vouches for. Nobody changed it on the way.',
    tone: 'good',
  },
  own: { title: 'Yours', sentence: 'You wrote this message on this computer.', tone: 'neutral' },
  'not-addressed-to-you': {
    title: 'Not verified: not addressed to you',
    sentence:
      'The signature is good, but the message does not name you as a recipient. Somebody may have passed it on.',
    tone: 'warning',
  },
  'headers-differ': {
    title: 'Not verified: headers differ',
    sentence: 'The signature is good, but the headers on the outside say something else than the sealed ones.',
    tone: 'warning',
  },
  'put-by-program': {
    title: 'Not verified: put here by a mail program',
    sentence: 'Another mail program of yours put this message here. Posthorn does not know who wrote it.',
    tone: 'warning',
  },
};
