import { z } from 'zod';
import { BackupContents } from '../../../shared/backup';
import { MAX_IDENTITIES } from '../domain/limits';
import { BackupRefusal } from './backup-refusal';

/**
 * Raised when a reader of the version before could not restore what is written now: version 2 has guests. Without any
 * the version before is written, so that its readers go on.
 */
export const FORMAT_VERSION = 2;
const WITHOUT_GUESTS = 1;
const FORMAT = 'posthorn-backup';

export const MANIFEST_NAME = 'manifest.json';
export const VAULT_NAME = 'vault.json';
export const mailName = (index: number): string => `mail-${String(index + 1)}.db`;

/** A manifest is a few kB; a vault of 50 identities with 100 retired keys each a few MB. */
export const MAX_MANIFEST_BYTES = 1024 * 1024;
export const MAX_VAULT_BYTES = 32 * 1024 * 1024;

const Head = z.object({ format: z.literal(FORMAT), version: z.number().int().positive() });

const Entry = z.strictObject({
  name: z.string().max(20),
  size: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
});
export type BackupEntry = z.infer<typeof Entry>;

const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal([WITHOUT_GUESTS, FORMAT_VERSION]),
  contents: BackupContents,
  entries: z.array(Entry).max(MAX_IDENTITIES + 1),
});
/** The first entry of the tar: what follows, in this order. */
export type Manifest = z.infer<typeof Manifest>;

export function writeManifest(
  o: Pick<Manifest, 'contents' | 'entries'> & Partial<Pick<Manifest, 'version'>>,
): Uint8Array {
  const manifest: Manifest = { format: FORMAT, version: WITHOUT_GUESTS, ...o };
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Throws `BackupRefusal`: `not-a-backup`, `newer-version`, or `damaged` for one that no Posthorn writes. */
export function readManifest(octets: Uint8Array): Manifest {
  const json = parseJson(octets, 'not-a-backup');
  const head = Head.safeParse(json);
  if (!head.success) throw new BackupRefusal('not-a-backup', head.error);
  if (head.data.version > FORMAT_VERSION) throw new BackupRefusal('newer-version');
  const manifest = Manifest.safeParse(json);
  if (!manifest.success || !isInOrder(manifest.data)) throw new BackupRefusal('damaged');
  return manifest.data;
}

/** The names are known from the number of identities alone; no name in a file decides where anything is written. */
function isInOrder({ contents, entries }: Manifest): boolean {
  const names = [VAULT_NAME, ...contents.identities.map((_, index) => mailName(index))];
  return (
    entries.length === names.length &&
    entries.every(({ name }, index) => name === names[index]) &&
    (entries[0]?.size ?? 0) <= MAX_VAULT_BYTES
  );
}

export function parseJson(octets: Uint8Array, problem: 'not-a-backup' | 'damaged'): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets)) as unknown;
  } catch (error) {
    throw new BackupRefusal(problem, error);
  }
}
