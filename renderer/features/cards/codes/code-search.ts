/** A part of a picture to look at only, in its own pixels. */
export type Crop = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** What the page asks of the worker: one frame of the camera, or a picture file. */
export type CodeSearch =
  | { readonly id: number; readonly kind: 'frame'; readonly frame: ImageBitmap }
  | { readonly id: number; readonly kind: 'picture'; readonly picture: Blob; readonly crop?: Crop };

/** Why a picture could not be searched. */
export type PictureProblem = 'picture-unreadable' | 'picture-too-large';

/** The worker's answer: the texts of the codes found, none or several. */
export type CodeAnswer = { readonly id: number } & (
  | { readonly texts: readonly string[] }
  | { readonly problem: PictureProblem }
);
