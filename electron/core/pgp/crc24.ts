const CRC24_POLYNOMIAL = 0x864cfb;
const CRC24_START = 0xb704ce;

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 16;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc << 1) ^ (crc & 0x800000 ? CRC24_POLYNOMIAL : 0);
  return crc & 0xffffff;
});

/** Checksum of ASCII armor (RFC 9580, 6.1.1) as its three octets; gpg 2.2 does not read armor without it. */
export function crc24(bytes: Uint8Array): Uint8Array {
  let crc = CRC24_START;
  for (const byte of bytes) crc = ((crc << 8) ^ (TABLE[((crc >> 16) ^ byte) & 0xff] ?? 0)) & 0xffffff;
  return Uint8Array.of(crc >> 16, (crc >> 8) & 0xff, crc & 0xff);
}
