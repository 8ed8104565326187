import type { CodeAnswer, CodeSearch, Crop, PictureProblem } from './code-search';
import { findCodes } from './find-codes';
import { MOST_PICTURE_OCTETS, MOST_PIXELS } from './limits';
import { pictureSize } from './picture-size';
import type { Piece } from './search-plan';
import { searchPlan } from './search-plan';

/** Octets at the beginning in which a JPEG has its size; previews before it are at most 64 kB each. */
const HEAD_OCTETS = 1_000_000;

/** The pixels of a piece of a picture as they are searched, on white where it is transparent. */
const drawn = (picture: ImageBitmap, { x, y, width, height, scale }: Piece): ImageData | undefined => {
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = 'high';
  context.imageSmoothingEnabled = scale < 1;
  context.drawImage(picture, x, y, width, height, 0, 0, size.width, size.height);
  return context.getImageData(0, 0, size.width, size.height);
};

const codesIn = (picture: ImageBitmap, piece: Piece, most?: number): readonly string[] => {
  const pixels = drawn(picture, piece);
  return pixels === undefined ? [] : findCodes(pixels, most);
};

const search = (picture: ImageBitmap, steps: readonly (readonly Piece[])[], most?: number): readonly string[] => {
  for (const pieces of steps) {
    const texts = new Set(pieces.flatMap((piece) => codesIn(picture, piece, most)));
    if (texts.size > 0) return [...texts];
  }
  return [];
};

/** Decodes a picture only after its header has said that it fits into memory. */
const decode = async (picture: Blob, crop: Crop | undefined): Promise<ImageBitmap | PictureProblem> => {
  if (picture.size > MOST_PICTURE_OCTETS) return 'picture-too-large';
  const size = pictureSize(await picture.slice(0, HEAD_OCTETS).arrayBuffer());
  if (size === undefined) return 'picture-unreadable';
  if (size.width * size.height > MOST_PIXELS) return 'picture-too-large';
  try {
    return await (crop === undefined
      ? createImageBitmap(picture)
      : createImageBitmap(picture, crop.x, crop.y, crop.width, crop.height));
  } catch {
    return 'picture-unreadable';
  }
};

const answer = async (task: CodeSearch): Promise<CodeAnswer> => {
  const { id } = task;
  if (task.kind === 'frame') {
    const { width, height } = task.frame;
    return { id, texts: searched(task.frame, [[{ x: 0, y: 0, width, height, scale: 1 }]], 1) };
  }
  const picture = await decode(task.picture, task.crop);
  return typeof picture === 'string' ? { id, problem: picture } : { id, texts: searched(picture, searchPlan(picture)) };
};

/** Searches and gives the picture's memory back at once: fifty megapixels are too many to wait for the collector. */
const searched = (picture: ImageBitmap, steps: readonly (readonly Piece[])[], most?: number): readonly string[] => {
  try {
    return search(picture, steps, most);
  } finally {
    picture.close();
  }
};

self.addEventListener('message', ({ data }: MessageEvent<CodeSearch>) => {
  const reply = (answered: CodeAnswer) => self.postMessage(answered);
  answer(data).then(reply, () => reply({ id: data.id, problem: 'picture-unreadable' }));
});
