import { webcrypto } from 'node:crypto';

/**
 * Puts a thin proxy of Node's WebCrypto in `globalThis.crypto`, whose `importKey` says that AES-KW is not supported.
 * BoringSSL (inside Electron, 33 as well as 25) accepts an AES-KW key and then fails to wrap with it; told so at
 * import, OpenPGP.js wraps session keys with its own AES-KW (RFC 3394). The same code then runs under Node and under
 * Electron. Must run before `openpgp` is loaded, because that keeps `crypto.subtle` when it is evaluated.
 */
export function installWebCryptoShim(): void {
  const subtle = proxyOf(webcrypto.subtle, { importKey });
  const value = proxyOf(webcrypto, { subtle });
  Object.defineProperty(globalThis, 'crypto', { value, configurable: true, enumerable: true, writable: true });
}

async function importKey(...args: Parameters<typeof webcrypto.subtle.importKey>): Promise<webcrypto.CryptoKey> {
  const algorithm = args[2];
  const name = typeof algorithm === 'string' ? algorithm : algorithm.name;
  if (name.toUpperCase() === 'AES-KW') throw new DOMException('AES-KW is left to OpenPGP.js', 'NotSupportedError');
  return webcrypto.subtle.importKey(...args);
}

/** WebCrypto objects check their receiver, so methods are bound to the real one. */
function proxyOf<T extends object>(target: T, replaced: Readonly<Record<string, unknown>>): T {
  return new Proxy(target, {
    get(_target, property) {
      if (typeof property === 'string' && property in replaced) return replaced[property];
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
