import { useEffect, useState } from 'react';
import { PosthornError } from '../../shared/errors';
import type { IdentityId, MessageId } from '../../shared/ids';
import type { MessageDetail } from '../../shared/message';
import { useCore } from '../state/services';

export type OpenedMessage =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly sentence: string }
  | { readonly state: 'open'; readonly detail: MessageDetail };

/**
 * A message opened for reading. Read once: what changes afterwards (flags, folder, deliveries) comes with its summary.
 */
export const useMessage = (identityId: IdentityId, messageId: MessageId): OpenedMessage => {
  const core = useCore();
  const [opened, setOpened] = useState<OpenedMessage>({ state: 'loading' });
  useEffect(() => {
    let current = true;
    const show = (next: OpenedMessage) => {
      if (current) setOpened(next);
    };
    show({ state: 'loading' });
    core.call('messages.read', { identityId, messageId }).then(
      (detail) => show({ state: 'open', detail }),
      (error: unknown) =>
        show({
          state: 'failed',
          sentence: error instanceof PosthornError ? error.message : 'The message could not be opened.',
        }),
    );
    return () => {
      current = false;
    };
  }, [core, identityId, messageId]);
  return opened;
};
