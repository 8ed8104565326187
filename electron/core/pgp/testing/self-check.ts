import { createHash } from 'node:crypto';
import { createOpenpgpEngine } from '../openpgp-engine';
import { certifyingKeyBlock } from '../keys/onion-certifying-key';
import { NOW, makeIdentity, seedOf } from './own-identity';

/** See `onion-certifying-key.test.ts`. */
const CERTIFYING_KEY_SHA256 = 'e3ce87e68387d8fd76b78913c1acc7827cc0af810b29d84894a08b9492ad6760';

/** For tests: takes the engine once through everything and says how it went; for runtimes that have no test runner. */
export async function selfCheck(): Promise<string[]> {
  const pgp = createOpenpgpEngine();
  const { address, keys } = await makeIdentity('alice', 1);
  const check = await pgp.checkKeyBlock({ block: keys.publicKey, address, now: NOW });
  const content = Buffer.alloc(100_001, 'octets\r\n');
  const sealed = await pgp.seal({ content, secretKey: keys.secretKey, recipients: [keys.publicKey], now: NOW });
  const opened = await pgp.decrypt({ sealed, secretKey: keys.secretKey });
  if (opened.outcome === 'refused') return [opened.reason];
  const verified = await pgp.verify({ signedMessage: opened.signedMessage, publicKey: keys.publicKey, now: NOW });
  const same = Buffer.compare(opened.content, content) === 0 ? 'the same' : 'other';
  const hash = createHash('sha256')
    .update(await certifyingKeyBlock(seedOf(1)))
    .digest('hex');
  const sameKey = hash === CERTIFYING_KEY_SHA256 ? 'the same' : 'another';
  return [check.outcome, opened.outcome, verified.outcome, `${same} octets`, `${sameKey} certifying key`];
}
