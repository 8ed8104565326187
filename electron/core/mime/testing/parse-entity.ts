import type { InnerMessage } from '../../ports/mime';
import { parseInner } from '../parse/parse-inner';

/** Head and bodies of a decrypted entity as a promise, as the core gets them from its worker. */
export const parseEntity = (content: Uint8Array): Promise<InnerMessage> => Promise.resolve(parseInner(content));
