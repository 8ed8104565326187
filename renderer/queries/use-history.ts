import { useEffect, useState } from 'react';
import type { HistoryEntry } from '../../shared/custody';
import type { MessageSummary } from '../../shared/message';
import { useCore } from '../state/services';

/**
 * What happened to a message written here, oldest first; asked again when one of its deliveries changes. Undefined
 * until it is known, null when it cannot be.
 */
export const useHistory = ({
  identityId,
  id: messageId,
}: Pick<MessageSummary, 'identityId' | 'id'>): readonly HistoryEntry[] | null | undefined => {
  const core = useCore();
  const [history, setHistory] = useState<readonly HistoryEntry[] | null>();
  useEffect(() => {
    // Only the answer to the last question counts: an earlier one may come later.
    let asked = 0;
    const ask = () => {
      asked += 1;
      const mine = asked;
      core.call('messages.history', { identityId, messageId }).then(
        (found) => mine === asked && setHistory(found),
        () => mine === asked && setHistory(null),
      );
    };
    ask();
    const stop = core.subscribe((event) => {
      if (event.type === 'delivery.changed' && event.delivery.messageId === messageId) ask();
    });
    return () => {
      asked += 1;
      stop();
    };
  }, [core, identityId, messageId]);
  return history;
};
