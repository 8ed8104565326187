import { cleanGif } from './clean-gif';
import { cleanHeif } from './clean-heif';
import { cleanJpeg } from './clean-jpeg';
import { cleanPng } from './clean-png';
import { cleanTiff } from './clean-tiff';
import { cleanWebp } from './clean-webp';

const CLEANERS = [cleanJpeg, cleanPng, cleanWebp, cleanGif, cleanHeif, cleanTiff];

/**
 * `cleaned`: notes were removed. `clean`: the picture had none. `unclear`: a picture in which some may be left.
 * `other`: no picture of these kinds.
 */
export type PictureOutcome =
  | { readonly outcome: 'cleaned'; readonly content: Uint8Array }
  | { readonly outcome: 'clean' | 'unclear' | 'other' };

/**
 * A picture without what its camera and programs have noted in it: the place, the time, serial numbers, names, other
 * pictures behind it. The picture itself is not coded again. The kind is told by the octets, never by a name: JPEG,
 * PNG, WebP, GIF, HEIC, AVIF or TIFF.
 */
export function withoutDetails(bytes: Uint8Array): PictureOutcome {
  for (const clean of CLEANERS) {
    const cleaned = clean(bytes);
    if (cleaned === 'unclear') return { outcome: 'unclear' };
    if (cleaned !== undefined)
      return isSame(cleaned, bytes) ? { outcome: 'clean' } : { outcome: 'cleaned', content: cleaned };
  }
  return { outcome: 'other' };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((octet, index) => octet === other[index]);
}
