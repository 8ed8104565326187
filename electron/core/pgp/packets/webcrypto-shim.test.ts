import { expect, it } from 'vitest';
import './install-webcrypto-shim';

it('says that AES-KW is not supported, and leaves everything else as it is', async () => {
  const { subtle } = globalThis.crypto;
  const key = new Uint8Array(32);
  await expect(subtle.importKey('raw', key, { name: 'AES-KW' }, false, ['wrapKey'])).rejects.toMatchObject({
    name: 'NotSupportedError',
  });
  await expect(subtle.importKey('raw', key, 'aes-kw', false, ['wrapKey'])).rejects.toMatchObject({
    name: 'NotSupportedError',
  });
  const usable = await subtle.importKey('raw', key, 'AES-CBC', false, ['encrypt']);
  const encrypted = await subtle.encrypt({ name: 'AES-CBC', iv: new Uint8Array(16) }, usable, new Uint8Array(16));
  expect(encrypted.byteLength).toBe(32);
  expect(globalThis.crypto.getRandomValues(new Uint8Array(16))).toHaveLength(16);
  expect(globalThis.crypto.randomUUID()).toHaveLength(36);
});
