/** Posthorn's reading of mail on a thread of its own: takes letters, answers with milliseconds. */
import { parentPort } from 'node:worker_threads';
import { parseInner } from '../electron/core/mime/parse/parse-inner';

parentPort?.on('message', (letter: Uint8Array) => {
  const start = performance.now();
  const { outcome } = parseInner(letter);
  if (outcome !== 'parsed') throw new Error('A letter of the benchmark was refused.');
  parentPort?.postMessage(performance.now() - start);
});
