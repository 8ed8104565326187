import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { PosthornError } from '../../../../shared/errors';
import { Timestamp } from '../../../../shared/ids';
import { writeFileAtomically } from '../files/atomic-file';
import { nativeCode } from '../sql/store-error';
import type { KdfParameters, WrappedKey } from './vault-key';
import { derivePassphraseKey, NONCE_BYTES, SALT_BYTES, unwrapKey, VAULT_KEY_BYTES, wrapKey, zero } from './vault-key';

const base64 = (bytes: number) => z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes);

/** The upper bounds stop a damaged or planted file from taking all memory or minutes. */
const Kdf = z.strictObject({
  name: z.literal('argon2id'),
  memoryKib: z.number().int().min(8).max(1_048_576),
  iterations: z.number().int().min(1).max(100),
  parallelism: z.number().int().min(1).max(16),
});

const Lock = z.strictObject({
  version: z.literal(1),
  kdf: Kdf,
  salt: base64(SALT_BYTES),
  wrappedKey: z.strictObject({ nonce: base64(NONCE_BYTES), ciphertext: base64(VAULT_KEY_BYTES + 16) }),
});
type Lock = z.infer<typeof Lock>;

/** `checksum` tells a damaged file from a wrong passphrase; it protects nothing. */
const VaultFile = Lock.extend({
  checksum: z.string(),
  failures: z.number().int().nonnegative(),
  retryAt: Timestamp,
});
/** `vault.json`: the vault key, wrapped under the passphrase, and the count of wrong tries. */
export type VaultFile = z.infer<typeof VaultFile>;

/**
 * Undefined when there is none. Throws `profile-damaged` for one that cannot be read or believed; it is left as it is.
 */
export function readVaultFile(path: string): VaultFile | undefined {
  const text = readText(path);
  if (text === undefined) return undefined;
  const file = parse(text);
  if (file === undefined || file.checksum !== checksumOf(file)) throw damaged();
  return file;
}

/** Throws `disk-full`; the file before then stands. */
export function writeVaultFile(path: string, file: VaultFile): void {
  writeFileAtomically(path, `${JSON.stringify(file, undefined, 2)}\n`);
}

/** A vault file that opens with `passphrase`. Salt and nonce are fresh `bytes`. */
export async function lockVaultKey(o: {
  vaultKey: Uint8Array;
  passphrase: string;
  kdf: KdfParameters;
  bytes: (length: number) => Uint8Array;
}): Promise<VaultFile> {
  const salt = o.bytes(SALT_BYTES);
  const { memoryKib, iterations, parallelism } = o.kdf;
  const head = {
    version: 1 as const,
    kdf: { name: 'argon2id' as const, memoryKib, iterations, parallelism },
    salt: encode(salt),
  };
  const wrappingKey = await derivePassphraseKey({ passphrase: o.passphrase, salt, kdf: o.kdf });
  const wrapped = wrapKey({ key: o.vaultKey, wrappingKey, nonce: o.bytes(NONCE_BYTES), context: contextOf(head) });
  zero(wrappingKey);
  const lock: Lock = { ...head, wrappedKey: { nonce: encode(wrapped.nonce), ciphertext: encode(wrapped.ciphertext) } };
  return { ...lock, checksum: checksumOf(lock), failures: 0, retryAt: 0 };
}

/** The vault key, or undefined when the passphrase is wrong. */
export async function openVaultKey(file: VaultFile, passphrase: string): Promise<Uint8Array | undefined> {
  const wrappingKey = await derivePassphraseKey({ passphrase, salt: decode(file.salt), kdf: file.kdf });
  const wrapped: WrappedKey = { nonce: decode(file.wrappedKey.nonce), ciphertext: decode(file.wrappedKey.ciphertext) };
  const key = unwrapKey({ wrapped, wrappingKey, context: contextOf(file) });
  zero(wrappingKey);
  return key;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (nativeCode(error) === 'ENOENT') return undefined;
    throw damaged(error);
  }
}

function parse(text: string): VaultFile | undefined {
  try {
    return VaultFile.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What must not be changed without the passphrase: bound to the wrapped key as additional data. */
function contextOf({ version, kdf, salt }: Pick<Lock, 'version' | 'kdf' | 'salt'>): Uint8Array {
  return Buffer.from(
    JSON.stringify(['posthorn vault', version, kdf.name, kdf.memoryKib, kdf.iterations, kdf.parallelism, salt]),
  );
}

function checksumOf(lock: Lock): string {
  const { nonce, ciphertext } = lock.wrappedKey;
  return createHash('sha256').update(contextOf(lock)).update(nonce).update(ciphertext).digest('hex');
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function decode(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function damaged(cause?: unknown): PosthornError {
  return new PosthornError(
    'profile-damaged',
    'The file vault.json of this profile cannot be read. Nothing was changed; put back a copy of it from a backup.',
    { cause },
  );
}
