import { MAX_REQUEST_ATTACHMENT_BYTES } from '../../domain/limits';
import type { UnsealedMessage } from './unseal-message';

type Parsed = UnsealedMessage['inner'];

/**
 * Keeps the text and the small files of a stranger's mail. HTML could deceive its reader, and a large file could be
 * anything.
 */
export function limitRequest({ html: _html, ...inner }: Parsed): Parsed & { readonly droppedAttachments?: number } {
  const attachments = inner.attachments.filter(({ content }) => content.length <= MAX_REQUEST_ATTACHMENT_BYTES);
  const dropped = inner.attachments.length - attachments.length;
  return { ...inner, attachments, ...(dropped === 0 ? {} : { droppedAttachments: dropped }) };
}
