import jsQR from 'jsqr';
import { MOST_CODES_IN_PICTURE } from './limits';

/** Pixels as a canvas hands them out: four octets each, row by row. */
export type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

type Point = { readonly x: number; readonly y: number };

/** Paints over where a code was found, so that the next search finds the next one. */
const paintOver = ({ data, width, height }: Pixels, corners: readonly Point[]): void => {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const right = Math.min(width, Math.ceil(Math.max(...xs)));
  for (let y = Math.max(0, Math.floor(Math.min(...ys))); y < Math.min(height, Math.ceil(Math.max(...ys))); y += 1) {
    data.fill(255, (y * width + left) * 4, (y * width + right) * 4);
  }
};

/**
 * The texts of the QR codes in a picture, dark on light or light on dark, turned in any way. Changes the pixels.
 * @param most how many to look for; each takes a search over the whole picture
 */
export const findCodes = (pixels: Pixels, most = MOST_CODES_IN_PICTURE): string[] => {
  const texts = new Set<string>();
  for (let tries = 0; tries < most; tries += 1) {
    const code = jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: 'attemptBoth' });
    if (code === null) break;
    if (code.data !== '') texts.add(code.data);
    const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = code.location;
    paintOver(pixels, [topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner]);
  }
  return [...texts];
};
