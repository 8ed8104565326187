/** What reading the words of peers may cost: each limit with the attack or accident that it stops. */

const MIB = 1024 * 1024;

/** From this size on a message is read among large ones: a short one would noticeably wait behind it. */
export const BULK_BYTES = MIB;

/**
 * Megabytes of objects and texts that a worker may hold, for short work and for messages up to MAX_MESSAGE_BYTES: a
 * letter that takes all memory ends its worker instead of the program.
 */
export const READING_MEMORY_MEGABYTES = 192;
export const BULK_MEMORY_MEGABYTES = 512;

/**
 * Milliseconds after which a worker is taken for hung, and those more for each megabyte: a letter whose reading never
 * ends. Before its sender is proved a message gets less, because everybody waits for it. Reading takes a hundredth of
 * these on a slow machine.
 */
export const HEAD_HANG_MS = 30_000;
export const BODY_HANG_MS = 60_000;
export const HANG_MS_PER_MEGABYTE = 4_000;

/** Milliseconds after which a worker for large messages, or for strangers', ends: it would keep its memory for ever. */
export const WORKER_IDLE_MS = 60_000;

/** Readings that wait for one worker: a flood; who comes later is asked to try again. */
export const MAX_WAITING_READINGS = 1_000;

/** Senders whose letters had to be broken off: a table that fills up with throw-away onions. */
export const MAX_SUSPECTS = 1_000;

/** Calls that wait for one crypto worker; whoever asks for thousands asks for them one by one. */
export const MAX_WAITING_CRYPTO = 20_000;

/** Characters of the words of one file that search knows: a list of a hundred megabytes that somebody attaches. */
export const MAX_FILE_CHARACTERS = 100_000;

/**
 * Octets that are unpacked of a document, and of its zip those that are read in one step: 25 MB of zip hold 25 GB of
 * zeros, and a step unpacks to a thousand times its size.
 */
export const MAX_UNZIPPED_BYTES = 16 * MIB;
export const UNZIP_STEP_BYTES = 4 * 1024;
