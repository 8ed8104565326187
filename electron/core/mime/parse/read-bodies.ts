import { PosthornError } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import type { InnerBodies } from '../../ports/mime';
import { parseInner } from './parse-inner';

/** Text and files of an entity whose head was read. */
export async function readBodies(content: Uint8Array): Promise<InnerBodies> {
  const parsed = await parseInner(content);
  if (parsed.outcome === 'refused')
    throw new PosthornError('unreadable-content', 'What was sent cannot be read. It was not taken.');
  const { text, html, attachments } = parsed;
  return { text, ...present({ html }), attachments };
}
