import { decrypt } from '../../electron/core/pgp/messages/decrypt';
import { openAnonymous } from '../../electron/core/pgp/messages/open-anonymous';
import { claim } from '../oracles/claims';
import { textOf } from '../oracles/texts';
import { reader } from '../fixtures/reader';
import { SIGNED_TEXTS } from '../fixtures/signed-texts';

/**
 * What is sealed comes from strangers: armor, session keys by the hundred, packets of every length. It opens, or it is
 * refused in words. Whoever has not our key cannot make anything that opens and was not sealed for us.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const before = Uint8Array.from(data);
  const opened = await decrypt({ sealed: data, secretKey: reader.secretKey });
  const anonymous = await openAnonymous({ sealed: data, secretKey: reader.secretKey });
  claim(Buffer.compare(before, data) === 0, 'a sealed message is changed by opening it, so that a second try fails');
  claim(opened.outcome === 'refused' || anonymous.outcome === 'refused', 'a message opens as signed and as anonymous');
  if (opened.outcome === 'decrypted') checkContent(opened.content);
  if (anonymous.outcome === 'opened') checkContent(anonymous.content);
}

/** Seeds seal these alone, and their session keys are known to nobody: what opens is one of them, whole. */
function checkContent(content: Uint8Array): void {
  claim(SIGNED_TEXTS.has(textOf(content)), 'what was sealed was changed, and still opens');
}
