import { useEffect, useState } from 'react';
import { PosthornError } from '../../shared/errors';
import type { IdentityId } from '../../shared/ids';
import { putMessages } from '../mirror/apply-event';
import { useServices } from '../state/services';
import { threadRows } from './thread-rows';
import type { ThreadRow } from './thread-rows';

export type SearchResult = { readonly rows: ThreadRow[] | undefined; readonly error: string | undefined };

const limit = 200;
/** Milliseconds without a key before the core is asked. */
const pause = 180;

/** Everything of an identity that matches a text; `rows` is undefined while it is being looked for. */
export const useSearchRows = (identityId: IdentityId | undefined, text: string | undefined): SearchResult => {
  const services = useServices();
  const [result, setResult] = useState<SearchResult>({ rows: undefined, error: undefined });
  const words = text?.trim() ?? '';
  useEffect(() => {
    setResult({ rows: undefined, error: undefined });
    if (!identityId || words === '') return undefined;
    let current = true;
    const find = async () => {
      try {
        const messages = await services.core.call('messages.search', { identityId, text: words.slice(0, 200), limit });
        await putMessages(services.mirror, messages);
        if (current) setResult({ rows: threadRows(messages), error: undefined });
      } catch (error) {
        const sentence = error instanceof PosthornError ? error.message : 'The search failed.';
        if (current) setResult({ rows: [], error: sentence });
      }
    };
    const timer = setTimeout(() => void find(), pause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [services, identityId, words]);
  return result;
};
