import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_KDF, derivePassphraseKey, unwrapKey, wrapKey } from './vault-key';

const bytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

describe('passphrase keys', () => {
  // Made with the reference implementation: `printf %s 'correct horse' | argon2 posthorn-salt-16 -id -t 3 -k 65536 -p 1
  // -l 32 -r`.
  it('are Argon2id as everyone computes it, at the cost of a real profile', async () => {
    const key = await derivePassphraseKey({
      passphrase: 'correct horse',
      salt: Buffer.from('posthorn-salt-16'),
      kdf: DEFAULT_KDF,
    });
    expect(key).toEqual(hex('8398894fd9eba97587c9277bc8430c1d8f3b23de2eadf6b89bdcde6606ca54cc'));
  });

  it('wrap and unwrap, bound to their context', () => {
    const [key, wrappingKey, nonce, context] = [bytes(32), bytes(32), bytes(12), bytes(40)];
    const wrapped = wrapKey({ key, wrappingKey, nonce, context });
    expect(wrapped.ciphertext).toHaveLength(48);
    expect(unwrapKey({ wrapped, wrappingKey, context })).toEqual(Buffer.from(key));
    expect(unwrapKey({ wrapped, wrappingKey: bytes(32), context })).toBeUndefined();
    expect(unwrapKey({ wrapped, wrappingKey, context: bytes(40) })).toBeUndefined();
    for (let i = 0; i < 48; i += 1) {
      const ciphertext = Uint8Array.from(wrapped.ciphertext);
      ciphertext[i]! ^= 1;
      expect(unwrapKey({ wrapped: { nonce, ciphertext }, wrappingKey, context })).toBeUndefined();
    }
  });
});
