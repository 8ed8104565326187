export type PictureSize = { readonly width: number; readonly height: number };

type Octets = DataView;
type Format = (octets: Octets) => PictureSize | undefined;

const letters = (octets: Octets, at: number, length: number): string =>
  String.fromCharCode(...Array.from({ length }, (_, index) => octets.getUint8(at + index)));

/** PNG (ISO/IEC 15948, 11.2.2): the header chunk comes first. */
const png: Format = (octets) =>
  letters(octets, 1, 3) === 'PNG' && letters(octets, 12, 4) === 'IHDR'
    ? { width: octets.getUint32(16), height: octets.getUint32(20) }
    : undefined;

const gif: Format = (octets) =>
  letters(octets, 0, 4) === 'GIF8'
    ? { width: octets.getUint16(6, true), height: octets.getUint16(8, true) }
    : undefined;

const bmp: Format = (octets) =>
  letters(octets, 0, 2) === 'BM'
    ? { width: Math.abs(octets.getInt32(18, true)), height: Math.abs(octets.getInt32(22, true)) }
    : undefined;

const lossy = (octets: Octets): PictureSize => ({
  width: octets.getUint16(26, true) & 0x3fff,
  height: octets.getUint16(28, true) & 0x3fff,
});

const lossless = (octets: Octets): PictureSize => {
  const bits = octets.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
};

const threeOctets = (octets: Octets, at: number): number =>
  octets.getUint16(at, true) + octets.getUint8(at + 2) * 65_536 + 1;

/** WebP (RFC 9649): which of its three kinds of chunk comes first tells where the size is. */
const webp: Format = (octets) => {
  if (letters(octets, 0, 4) !== 'RIFF' || letters(octets, 8, 4) !== 'WEBP') return undefined;
  const kind = letters(octets, 12, 4);
  if (kind === 'VP8X') return { width: threeOctets(octets, 24), height: threeOctets(octets, 27) };
  return kind === 'VP8L' ? lossless(octets) : lossy(octets);
};

const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** JPEG (ITU T.81, B.2.2): segments of their own length up to the frame header. */
const jpeg: Format = (octets) => {
  if (octets.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; at += 2 + octets.getUint16(at + 2)) {
    while (octets.getUint8(at) === 0xff && octets.getUint8(at + 1) === 0xff) at += 1;
    if (octets.getUint8(at) !== 0xff) return undefined;
    if (isFrameHeader(octets.getUint8(at + 1)))
      return { width: octets.getUint16(at + 7), height: octets.getUint16(at + 5) };
  }
};

/**
 * Width and height that a picture file claims, in pixels, read from its header before anything is decoded: a file of a
 * few octets may claim to be larger than memory. PNG, JPEG, GIF, WebP and BMP.
 * @param head the beginning of the file; a JPEG may carry a preview picture before its header
 * @returns undefined when it is none of these or is cut off
 */
export const pictureSize = (head: ArrayBuffer): PictureSize | undefined => {
  const octets = new DataView(head);
  for (const format of [png, jpeg, gif, webp, bmp]) {
    try {
      const size = format(octets);
      if (size !== undefined) return size.width > 0 && size.height > 0 ? size : undefined;
    } catch (error) {
      // Reading past the end: too short for this format.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
};
