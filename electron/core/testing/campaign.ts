import { randomUUID } from 'node:crypto';

/**
 * How often a random test repeats what it does: `short` in `npm test`, `long` in `npm run campaign`, which sets
 * POSTHORN_CAMPAIGN. The short one must still meet every kind of case once.
 */
export function campaign({ short, long }: { readonly short: number; readonly long: number }): number {
  return process.env['POSTHORN_CAMPAIGN'] === undefined ? short : long;
}

/** The seed of a random test, to be printed when it fails: a new one, or that of POSTHORN_SEED, to run it again. */
export function campaignSeed(): string {
  return process.env['POSTHORN_SEED'] ?? randomUUID();
}
