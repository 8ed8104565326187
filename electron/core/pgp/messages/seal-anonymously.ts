import { PosthornError } from '../../../../shared/errors';
import type { PublicKeyBlock } from '../../ports/keys';
import { encryptMessage } from './encrypted-message';
import { MAX_ENVELOPE_BYTES } from '../../domain/custody-limits';

const NOTHING = new Uint8Array(0);

/**
 * Encrypts `content` to one key alone, not to our own, and without any signature: its holder finds only the recipient's
 * key ID in it (PROTOCOL.md 10). Otherwise as `seal`.
 * @param o.now milliseconds
 * @throws PosthornError `too-large` above MAX_ENVELOPE_BYTES, `key-refused` when the key cannot be used at `now`
 */
export async function sealAnonymously(o: {
  content: Uint8Array;
  recipient: PublicKeyBlock;
  now: number;
}): Promise<Uint8Array> {
  if (o.content.length > MAX_ENVELOPE_BYTES) {
    throw new PosthornError(
      'too-large',
      'The message is too large to be left with holders. It waits until its recipient is online.',
    );
  }
  return encryptMessage({ before: NOTHING, content: o.content, after: NOTHING, recipients: [o.recipient], now: o.now });
}
