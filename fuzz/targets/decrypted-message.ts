import { MAX_DECRYPTED_BYTES } from '../../electron/core/domain/limits';
import { decrypt } from '../../electron/core/pgp/messages/decrypt';
import { openAnonymous } from '../../electron/core/pgp/messages/open-anonymous';
import { verify } from '../../electron/core/pgp/messages/verify-signature';
import { claim, claimBounded } from '../oracles/claims';
import { NOW, reader } from '../fixtures/reader';
import { sealPackets } from '../fixtures/seal-packets';
import { SIGNED_TEXTS } from '../fixtures/signed-texts';
import { textOf } from '../oracles/texts';

/**
 * Whoever knows our public key decides what is inside the seal: packets, compression, signatures. No words but those
 * that were signed may pass for signed, and a small message may not become a large one past the limit.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const sealed = await sealPackets(data);
  const opened = await decrypt({ sealed, secretKey: reader.secretKey });
  const anonymous = await openAnonymous({ sealed, secretKey: reader.secretKey });
  claim(opened.outcome === 'refused' || anonymous.outcome === 'refused', 'a message opens as signed and as anonymous');
  if (anonymous.outcome === 'opened') claimBounded(anonymous.content, { input: data, times: 1 });
  if (opened.outcome === 'refused') return;
  const { content, signedMessage } = opened;
  claim(content.length <= MAX_DECRYPTED_BYTES, 'more was decrypted than is allowed');
  const check = await verify({ signedMessage, publicKey: reader.publicKey, now: NOW });
  if (check.outcome === 'valid') claim(SIGNED_TEXTS.has(textOf(content)), 'a signature was forged');
}
