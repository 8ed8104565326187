import type { Mime } from '../ports/mime';
import type { Random } from '../ports/runtime';
import { mimeReader } from './mime-reader';
import { createMimeWriter } from './mime-writer';

/** MIME as PROTOCOL.md 5 profiles it, and vCards, in this very thread: for what has no peers. */
export function createMime(o: { random?: Pick<Random, 'bytes'> } = {}): Mime {
  return { ...createMimeWriter(o), ...mimeReader, close: () => Promise.resolve() };
}
