const CRC24_POLYNOMIAL = 0x864cfb;
const CRC24_START = 0xb704ce;

/** Held in the upper 24 of 32 bits, so that the octets shifted out fall off by themselves: 36 MB are to be summed. */
const TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc < 0 ? CRC24_POLYNOMIAL << 8 : 0);
  return crc;
});

/** Checksum of ASCII armor (RFC 9580, 6.1.1) as its three octets; gpg 2.2 does not read armor without it. */
export function crc24(bytes: Uint8Array): Uint8Array {
  let crc = CRC24_START << 8;
  for (let index = 0; index < bytes.length; index += 1) {
    crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ (bytes[index] ?? 0)] ?? 0);
  }
  return Uint8Array.of(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff);
}
