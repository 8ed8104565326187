import { useCallback, useEffect } from 'react';
import type { IdentityId } from '../../shared/ids';
import type { MessageSummary } from '../../shared/message';
import { byWriting } from '../../shared/written-order';
import { putMessages } from '../mirror/apply-event';
import { useServices } from '../state/services';
import { useLiveQuery } from './use-live-query';

/**
 * The messages of a conversation, oldest written first, in every folder. Shows at once what the mirror has, and asks
 * the core for the rest. A conversation that becomes part of another is shown on until that is read.
 */
export const useThread = (identityId: IdentityId, threadId: string): MessageSummary[] | undefined => {
  const services = useServices();
  const { core, mirror } = services;
  useEffect(() => {
    core
      .call('messages.thread', { identityId, threadId })
      .then((messages) => putMessages(mirror, messages))
      // What the mirror already has is shown; opening the message tells of the trouble.
      .catch(() => undefined);
  }, [core, mirror, identityId, threadId]);
  const found = useLiveQuery(
    useCallback(async () => {
      const messages = await mirror.messages.where('[identityId+threadId]').equals([identityId, threadId]).toArray();
      return messages.sort(byWriting);
    }, [mirror, identityId, threadId]),
  );
  return found;
};
