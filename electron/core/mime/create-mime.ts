import type { Mime } from '../ports/mime';
import type { Random } from '../ports/runtime';
import { mimeReader } from './mime-reader';
import { createMimeWriter } from './mime-writer';
import { parseInner } from './parse/parse-inner';

/** MIME as PROTOCOL.md 5 profiles it, and vCards, in this very thread: for what has no peers. */
export function createMime(o: { random?: Pick<Random, 'bytes'> } = {}): Mime & { parseInner: typeof parseInner } {
  return { ...createMimeWriter(o), ...mimeReader, parseInner, close: () => Promise.resolve() };
}
