import type { InnerHead } from '../../ports/mime';
import { parseInner } from './parse-inner';

/** Everything of a decrypted entity but its bodies. */
export async function readHead(content: Uint8Array): Promise<InnerHead> {
  const parsed = await parseInner(content);
  if (parsed.outcome === 'refused') return parsed;
  const { text: _text, html: _html, attachments: _attachments, ...head } = parsed;
  return head;
}
