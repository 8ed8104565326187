import { Worker } from 'node:worker_threads';
import { PosthornError } from '../../../shared/errors';

/** Octets of a block of scrypt, divided by 128; what age prescribes (C2SP, age.md). */
const BLOCK_SIZE = 8;
const KEY_BYTES = 32;

/**
 * The whole program of the thread. Node's own asynchronous `scrypt` does not do: to check its arguments it calls the
 * library once without asking for a key, which BoringSSL (in Electron) answers by computing all of it on the caller's
 * thread.
 */
const PROGRAM = `
  const { scryptSync } = require('node:crypto');
  const { parentPort, workerData } = require('node:worker_threads');
  const { passphrase, salt, keyBytes, options } = workerData;
  parentPort.postMessage(new Uint8Array(scryptSync(passphrase, salt, keyBytes, options)));
`;

/**
 * scrypt (RFC 7914) with N = 2^workFactor, r = 8, p = 1, in a thread of its own. Throws `worker-died` when there is no
 * memory for it.
 */
export function deriveKey(o: { passphrase: string; salt: Uint8Array; workFactor: number }): Promise<Uint8Array> {
  const N = 2 ** o.workFactor;
  const options = { N, r: BLOCK_SIZE, p: 1, maxmem: 2 * 128 * N * BLOCK_SIZE };
  return new Promise((resolve, reject) => {
    const worker = new Worker(PROGRAM, {
      eval: true,
      workerData: { passphrase: o.passphrase, salt: o.salt, keyBytes: KEY_BYTES, options },
    });
    worker.once('message', (key: Uint8Array) => {
      resolve(key);
    });
    worker.once('error', (error) => {
      reject(died(error));
    });
    worker.once('exit', () => {
      reject(died());
    });
  });
}

function died(cause?: unknown): PosthornError {
  return new PosthornError(
    'worker-died',
    'There is not enough memory to work with the passphrase of the backup. Nothing was changed; close other programs and try again.',
    { cause },
  );
}
