import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { AppPasswordHashes } from '../ports/app-passwords';

/**
 * The cost of scrypt (RFC 7914): 16 MiB and some 50 ms. A password of ours has 100 bits, which nobody guesses at any
 * cost, so that this is for whoever shortens them one day. Hashes that were made at another cost keep it.
 */
const COST = { log2N: 14, r: 8, p: 1 } as const;
const SALT_OCTETS = 16;
const KEY_OCTETS = 32;
const HASH = /^(scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22}))\$([\w-]{43})$/u;

/**
 * Hashes of app passwords: `scrypt$log2(N)$r$p$salt$key`. All of a profile have one salt: what is random needs none of
 * its own, and a login would cost as many hashes as there are programs, and tell by its time how many there are.
 */
export function createAppPasswordHashes(): AppPasswordHashes {
  const ownKey = randomBytes(KEY_OCTETS);
  return {
    hash: async ({ password, beside }) => {
      const start = beside.map(startOf).find((found) => found !== undefined) ?? newStart();
      return `${start}$${(await derive(password, start)).toString('base64url')}`;
    },
    find: async ({ password, hashes }) => {
      // Where there is no program at all, a try takes as long.
      const starts = new Set(hashes.map((hash) => startOf(hash) ?? newStart()));
      if (starts.size === 0) starts.add(newStart());
      const keys = new Map<string, Buffer>();
      for (const start of starts) keys.set(start, await derive(password, start));
      return indexOf(hashes, keys);
    },
    digest: (password) => createHmac('sha256', ownKey).update(password).digest('base64url'),
  };
}

/** Looks at all of them, wherever the right one stands. */
function indexOf(hashes: readonly string[], keys: ReadonlyMap<string, Buffer>): number | undefined {
  let found: number | undefined;
  for (const [index, hash] of hashes.entries()) {
    const [, start = '', , , , , kept = ''] = HASH.exec(hash) ?? [];
    const key = keys.get(start);
    if (key !== undefined && timingSafeEqual(key, Buffer.from(kept, 'base64url'))) found = index;
  }
  return found;
}

function startOf(hash: string): string | undefined {
  return HASH.exec(hash)?.[1];
}

function newStart(): string {
  return `scrypt$${String(COST.log2N)}$${String(COST.r)}$${String(COST.p)}$${randomBytes(SALT_OCTETS).toString('base64url')}`;
}

function derive(password: string, start: string): Promise<Buffer> {
  const [, log2N = '', r = '', p = '', salt = ''] = start.split('$');
  const cost = { N: 2 ** Number(log2N), r: Number(r), p: Number(p) };
  return new Promise((resolve, reject) => {
    scrypt(password, Buffer.from(salt, 'base64url'), KEY_OCTETS, cost, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
