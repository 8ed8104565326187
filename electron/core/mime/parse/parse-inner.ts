import type { InnerMessage } from '../../ports/mime';
import { readBodies } from './read-bodies';
import { readHead } from './read-head';

/** Head and bodies of a decrypted entity together. */
export function parseInner(content: Uint8Array): InnerMessage {
  const head = readHead(content);
  return head.outcome === 'parsed' ? { ...head, ...readBodies(content) } : head;
}
