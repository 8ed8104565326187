import { createCipheriv, createDecipheriv } from 'node:crypto';
import { argon2id } from 'hash-wasm';

export const VAULT_KEY_BYTES = 32;
export const SALT_BYTES = 16;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Cost of one passphrase try (Argon2id, RFC 9106). */
export type KdfParameters = { readonly memoryKib: number; readonly iterations: number; readonly parallelism: number };

/**
 * RFC 9106's second recommended choice with one lane, because WebAssembly has one thread: 64 MiB make guessing on
 * graphics cards dear, and three passes take about a third of a second on a small laptop. More would be felt at every
 * unlock; OWASP's floor is 19 MiB and two passes.
 */
export const DEFAULT_KDF: KdfParameters = { memoryKib: 65_536, iterations: 3, parallelism: 1 };

/** The 32-octet key that a passphrase stands for. Unicode forms of one text count as one passphrase (NFKC). */
export function derivePassphraseKey(o: {
  passphrase: string;
  salt: Uint8Array;
  kdf: KdfParameters;
}): Promise<Uint8Array> {
  return argon2id({
    password: o.passphrase.normalize('NFKC'),
    salt: o.salt,
    memorySize: o.kdf.memoryKib,
    iterations: o.kdf.iterations,
    parallelism: o.kdf.parallelism,
    hashLength: VAULT_KEY_BYTES,
    outputType: 'binary',
  });
}

export type WrappedKey = { readonly nonce: Uint8Array; readonly ciphertext: Uint8Array };

/** Encrypts a key under another with AES-256-GCM; `context` is bound to it. The tag follows the ciphertext. */
export function wrapKey(o: {
  key: Uint8Array;
  wrappingKey: Uint8Array;
  nonce: Uint8Array;
  context: Uint8Array;
}): WrappedKey {
  const cipher = createCipheriv('aes-256-gcm', o.wrappingKey, o.nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(o.context);
  const ciphertext = Buffer.concat([cipher.update(o.key), cipher.final(), cipher.getAuthTag()]);
  return { nonce: o.nonce, ciphertext };
}

/** Undefined when the wrapping key is another, which is what a wrong passphrase comes to. */
export function unwrapKey(o: {
  wrapped: WrappedKey;
  wrappingKey: Uint8Array;
  context: Uint8Array;
}): Uint8Array | undefined {
  const { nonce, ciphertext } = o.wrapped;
  const decipher = createDecipheriv('aes-256-gcm', o.wrappingKey, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(o.context);
  decipher.setAuthTag(ciphertext.subarray(-TAG_BYTES));
  const key = decipher.update(ciphertext.subarray(0, -TAG_BYTES));
  try {
    decipher.final();
    return key;
  } catch {
    return undefined;
  }
}

/** Overwrites secrets as far as JavaScript allows; copies that strings and engines made are beyond reach. */
export function zero(...secrets: readonly Uint8Array[]): void {
  for (const secret of secrets) secret.fill(0);
}
