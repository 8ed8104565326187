/**
 * Posthorn's OpenPGP with its worker, in a process whose runtime the parent chooses (Node, or Electron's Node). Answers
 * by IPC.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeOnionKeys } from '../electron/core/onion/onion-keys';
import { createPgpWorkerClient } from '../electron/core/pgp/worker/pgp-worker-client';
import type { IdentityKeys } from '../electron/core/ports/keys';
import type { Pgp } from '../electron/core/ports/pgp';
import type { MailAddress } from '../shared/ids';
import type { OpenpgpAnswer, OpenpgpCall } from './openpgp/openpgp-call';

async function answer(pgp: Pgp, keys: IdentityKeys, call: OpenpgpCall): Promise<OpenpgpAnswer> {
  if (call.do === 'export') {
    writeFileSync(
      call.secretKeyFile,
      await pgp.exportSecretKey({ secretKey: keys.secretKey, publicKey: keys.publicKey, passphrase: call.passphrase }),
    );
    return { done: 'export', fingerprint: keys.fingerprint };
  }
  const start = performance.now();
  const content = readFileSync(call.plainFile);
  const sealed = await pgp.seal({ content, secretKey: keys.secretKey, recipients: [keys.publicKey], now: Date.now() });
  writeFileSync(call.sealedFile, sealed);
  const between = performance.now();
  const opened = await pgp.decrypt({ sealed: readFileSync(call.sealedFile), secretKey: keys.secretKey });
  if (opened.outcome !== 'decrypted') throw new Error(`What was sealed does not open: ${opened.reason}`);
  const checked = await pgp.verify({ signedMessage: opened.signedMessage, publicKey: keys.publicKey, now: Date.now() });
  writeFileSync(`${call.sealedFile}.opened`, opened.content);
  const end = performance.now();
  if (checked.outcome !== 'valid') throw new Error(`The signature is not valid: ${checked.reason}`);
  return { done: 'seal-and-open', sealMs: between - start, openMs: end - between };
}

async function serve(): Promise<void> {
  const pgp = createPgpWorkerClient({ workerPath: resolve('dist/core/pgp-worker.cjs') });
  const onionSeed = randomBytes(32);
  const address = `bench@${makeOnionKeys().onionOf(onionSeed)}` as MailAddress;
  const keys = await pgp.generateIdentityKeys({ address, onionSeed, now: Date.now() });
  process.on('message', (call: OpenpgpCall) => {
    answer(pgp, keys, call).then(
      (done) => process.send?.(done),
      (error: unknown) => process.send?.({ done: 'failed', message: String(error) } satisfies OpenpgpAnswer),
    );
  });
}

process.once('disconnect', () => process.exit());
void serve();
