/**
 * Pixels of the largest picture that is decoded: 50 megapixels take 200 MB. A file of a few kilobytes can claim a
 * thousand times that.
 */
export const MOST_PIXELS = 50_000_000;

/** Octets of the largest picture file that is read at all: twice what a camera makes of 50 megapixels. */
export const MOST_PICTURE_OCTETS = 40 * 1_024 * 1_024;

/**
 * Octets of the largest text that is sent to be read: as many as a call to the core takes. A vCard with its key has a
 * few thousand.
 */
export const MOST_TEXT_OCTETS = 600_000;

/** A picture made to keep the search busy is given up after this long. */
export const MOST_SEARCH_MS = 30_000;

/** Codes taken from one picture; a wall of stickers would be searched for ever. */
export const MOST_CODES_IN_PICTURE = 8;

/** Longest side of what is searched in one piece; the search takes time with the square of it. */
export const LONGEST_SEARCHED_SIDE = 2_400;

/**
 * Between two looks at the camera: five a second find a code as soon as a hand is still, and leave the processor alone.
 */
export const MS_BETWEEN_LOOKS = 200;

/** People in one batch: a key-signing meeting, not a flood from a screen that plays codes. */
export const MOST_IN_BATCH = 200;
