import { MAX_REQUEST_ATTACHMENT_BYTES } from '../../domain/limits';
import type { InnerBodies } from '../../ports/mime';

/**
 * Keeps the text and the small files of a stranger's mail. HTML could deceive its reader, and a large file could be
 * anything.
 */
export function limitRequest({ html: _html, ...bodies }: InnerBodies): InnerBodies & {
  readonly droppedAttachments?: number;
} {
  const attachments = bodies.attachments.filter(({ content }) => content.length <= MAX_REQUEST_ATTACHMENT_BYTES);
  const dropped = bodies.attachments.length - attachments.length;
  return { ...bodies, attachments, ...(dropped === 0 ? {} : { droppedAttachments: dropped }) };
}
