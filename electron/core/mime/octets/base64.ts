const HEAD = '-----BEGIN PGP PUBLIC KEY BLOCK-----';
const TAIL = '-----END PGP PUBLIC KEY BLOCK-----';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The octets that white-spaced base64 stands for (RFC 4648 4), or undefined when it is none. */
export function readBase64(text: string): Uint8Array | undefined {
  const bare = text.replace(/\s+/g, '');
  if (bare.length % 4 === 1 || !BASE64.test(bare)) return undefined;
  return new Uint8Array(Buffer.from(bare, 'base64'));
}

/**
 * The binary key of an armored public key block (RFC 9580 6.2), or undefined when the text is none. Says nothing about
 * the key itself, and does not check the checksum.
 */
export function dearmorPublicKey(armored: string): Uint8Array | undefined {
  const start = armored.indexOf(HEAD);
  const end = armored.indexOf(TAIL, start);
  if (start < 0 || end < 0) return undefined;
  const lines = armored
    .slice(start + HEAD.length, end)
    .split(/\r?\n/)
    .map((line) => line.trim());
  const empty = lines.indexOf('', 1);
  const body = empty < 0 ? [] : lines.slice(empty + 1).filter((line) => !line.startsWith('='));
  return readBase64(body.join(''));
}
