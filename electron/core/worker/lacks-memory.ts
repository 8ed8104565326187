/** What zlib, Node and the system say when this machine has no memory left. */
const CODES: ReadonlySet<unknown> = new Set(['Z_MEM_ERROR', 'ERR_MEMORY_ALLOCATION_FAILED', 'ENOMEM', 'EAGAIN']);

/**
 * Whether a call failed because the machine had too little memory just then. It says nothing of what was worked on: the
 * same letter is read when there is room again. A text or a stack that is longer than there can be is no such failure:
 * it would be too long everywhere.
 */
export function lacksMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && CODES.has(error.code)) || /allocation failed/i.test(error.message);
}
