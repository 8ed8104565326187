import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../terminal.mjs';
import { fuzzCache } from './c-library.mjs';

/** The names of all targets. */
export function knownTargets() {
  return readdirSync(join(root, 'fuzz/targets')).map((name) => name.replace(/\.ts$/u, ''));
}

/**
 * Where a target's inputs are: seeds in the tree; in the cache what was found to reach more, and to break something.
 * @param {string} target
 */
export function foldersOf(target) {
  return {
    seeds: join(root, 'fuzz/seeds', target),
    corpus: join(fuzzCache, 'corpus', target),
    finds: join(fuzzCache, 'finds', target),
  };
}
