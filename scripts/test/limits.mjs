/** The limits of `.config/limits.json` for the runner. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../terminal.mjs';

const limits = JSON.parse(readFileSync(join(root, '.config/limits.json'), 'utf8'));

/** A check that has printed nothing for so many milliseconds hangs. Longer than any single test may take. */
export const silenceLimitMs = limits.silenceMinutes * 60_000;

/** What a check has started must be gone so many milliseconds after its end. */
export const leftoverGraceMs = 10_000;
