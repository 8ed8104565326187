import { seededRandom } from '../graph/ring-plan';

/** UUIDs (RFC 9562, version 4) that are the same for a seed, so that two samples of one seed can be compared. */
export function seededIds(seed: number): () => string {
  const random = seededRandom(seed);
  return () => {
    const octets = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
    octets.writeUInt8((octets.readUInt8(6) & 0x0f) | 0x40, 6);
    octets.writeUInt8((octets.readUInt8(8) & 0x3f) | 0x80, 8);
    return octets.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
  };
}
