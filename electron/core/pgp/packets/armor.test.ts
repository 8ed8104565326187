import { describe, expect, it } from 'vitest';
import { decodeArmor, encodeArmor, looksArmored } from './armor';

const LABEL = 'PGP MESSAGE';

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

describe('ASCII armor', () => {
  it('has the checksum of RFC 9580', () => {
    // CRC-24/OPENPGP of «123456789» is 21CF02.
    expect(text(encodeArmor(LABEL, Buffer.from('123456789')))).toBe(
      '-----BEGIN PGP MESSAGE-----\r\n\r\nMTIzNDU2Nzg5\r\n=Ic8C\r\n-----END PGP MESSAGE-----\r\n',
    );
  });

  it.each([1, 2, 3, 47, 48, 49, 95, 96, 97, 196_607, 196_608, 196_609])('comes back whole: %i octets', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 7) % 256);
    const [decoded] = decodeArmor(encodeArmor(LABEL, bytes), LABEL, 1) ?? [];
    expect(decoded !== undefined && Buffer.compare(decoded, bytes)).toBe(0);
  });

  it('is read without a checksum, with a wrong one, with spaces at line ends and with bare LF', () => {
    const armored = text(encodeArmor(LABEL, Buffer.from('123456789')));
    const variants = [
      armored.replace('=Ic8C\r\n', ''),
      armored.replace('=Ic8C', '=AAAA'),
      armored.replaceAll('\r\n', '  \r\n'),
      armored.replaceAll('\r\n', '\n'),
      armored.replace('-----\r\n\r\n', '-----\r\nCharset: utf-8\r\n\r\n'),
    ];
    for (const variant of variants) {
      expect(decodeArmor(Buffer.from(variant), LABEL, 1)?.map(text)).toEqual(['123456789']);
    }
  });

  it('is not read under another label, in the middle of a line, or without data', () => {
    const armored = text(encodeArmor(LABEL, Buffer.from('123456789')));
    expect(decodeArmor(Buffer.from(armored), 'PGP PUBLIC KEY BLOCK', 1)).toBeUndefined();
    expect(decodeArmor(Buffer.from(`x${armored}`), LABEL, 1)).toBeUndefined();
    expect(decodeArmor(encodeArmor(LABEL, new Uint8Array()), LABEL, 1)).toBeUndefined();
    expect(decodeArmor(Buffer.from(armored + armored), LABEL, 1)).toBeUndefined();
    expect(decodeArmor(Buffer.from(armored + armored), LABEL, 2)).toHaveLength(2);
  });

  it('is told from binary by its first octet', () => {
    expect([looksArmored(Buffer.from('-')), looksArmored(Uint8Array.of(0xc1)), looksArmored(new Uint8Array())]).toEqual(
      [true, false, true],
    );
  });
});
