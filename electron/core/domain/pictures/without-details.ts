import { cleanGif } from './clean-gif';
import { cleanHeif } from './clean-heif';
import { cleanJpeg } from './clean-jpeg';
import { cleanPng } from './clean-png';
import { cleanTiff } from './clean-tiff';
import { cleanWebp } from './clean-webp';

/** They leave something out, and answer the rest. */
const SHORTENING = [cleanJpeg, cleanPng, cleanWebp, cleanGif];
/** Other parts of these files count octets: they overwrite, and answer nothing when there was nothing to overwrite. */
const BLANKING = [cleanHeif, cleanTiff];

/**
 * A picture without what its camera and programs have noted in it: the place, the time, serial numbers, names, other
 * pictures behind it. The picture itself is not coded again. The kind is told by the octets, never by a name. Undefined
 * when nothing was removed: it has no such notes, is broken, or is no JPEG, PNG, WebP, GIF, HEIC, AVIF or TIFF.
 */
export function withoutDetails(bytes: Uint8Array): Uint8Array | undefined {
  for (const clean of SHORTENING) {
    const cleaned = clean(bytes);
    if (cleaned) return cleaned.length < bytes.length ? cleaned : undefined;
  }
  for (const clean of BLANKING) {
    const cleaned = clean(bytes);
    if (cleaned) return cleaned;
  }
  return undefined;
}
