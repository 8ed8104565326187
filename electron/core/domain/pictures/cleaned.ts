/**
 * What became of a picture's notes. Octets: the picture without them, or as it was when it had none. `unclear`: it is
 * such a picture, but not all of it could be read, so that something may be left. Undefined: it is no such picture.
 */
export type Cleaned = Uint8Array | 'unclear' | undefined;
