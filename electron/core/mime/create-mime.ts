import type { InnerMessage, Mime } from '../ports/mime';
import type { Random } from '../ports/runtime';
import { mimeReader } from './mime-reader';
import { createMimeWriter } from './mime-writer';
import { parseInner } from './parse/parse-inner';

/** `parseInner`: head and bodies of a decrypted entity at once. */
export type MimeOfThread = Mime & { readonly parseInner: (content: Uint8Array) => Promise<InnerMessage> };

/** MIME as PROTOCOL.md 5 profiles it, and vCards, in this very thread: for what has no peers. */
export function createMime(o: { random?: Pick<Random, 'bytes'> } = {}): MimeOfThread {
  return {
    ...createMimeWriter(o),
    ...mimeReader,
    parseInner: (content) => Promise.resolve(parseInner(content)),
    close: () => Promise.resolve(),
  };
}
