/** What tor-bin/manifest.json pins: one Tor Expert Bundle, and the sha256 of its archive for each platform. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './terminal.mjs';

/**
 * @typedef {object} TorManifest
 * @property {string} bundle version of the Tor Expert Bundle, which is that of Tor Browser
 * @property {string | null} tor version of the tor inside; null until somebody has run it
 * @property {string[]} sources servers that hold archives, the first that has them first
 * @property {string} signingKey fingerprint of the primary key under which the list of sums is signed
 * @property {{date: string, subkey: string} | null} checked when and by which subkey the list's signature was made, as
 *   `npm run tor:update` found it; null when the sums come from elsewhere
 * @property {Record<string, {name: string, sha256: string | null}>} platforms by the name of the folder in tor-bin;
 *   `sha256: null` where the Tor Project makes no bundle of this version
 */

/** The folder that holds the manifest and the bundles. */
export const torHome = join(root, 'tor-bin');

/** @returns {TorManifest} */
export function readManifest(home = torHome) {
  return JSON.parse(readFileSync(join(home, 'manifest.json'), 'utf8'));
}

/** Replaces the manifest at once, so that nobody ever reads half of one. */
export function writeManifest(manifest, home = torHome) {
  const scratch = join(home, `manifest.json.${process.pid}`);
  writeFileSync(scratch, `${JSON.stringify(manifest, undefined, 2)}\n`);
  renameSync(scratch, join(home, 'manifest.json'));
}

/** The name of a platform's archive. */
export function archiveName(name, bundle) {
  return `tor-expert-bundle-${name}-${bundle}.tar.gz`;
}

/**
 * Compares versions such as 15.0.24 number by number.
 * @returns {number} negative when `a` is older than `b`
 */
export function compareVersions(a, b) {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
