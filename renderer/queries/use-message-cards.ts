import { useEffect, useState } from 'react';
import type { MailAddress } from '../../shared/ids';
import type { MessageDetail } from '../../shared/message';
import { useCore } from '../state/services';

/** A person whose card came with a message. */
export type MessageCardOf = { readonly text: string; readonly address: MailAddress; readonly name: string };

const none: readonly MessageCardOf[] = [];

/** The cards of people that came with a message. Nothing is done with them. */
export const useMessageCards = ({ summary, attachments }: MessageDetail): readonly MessageCardOf[] => {
  const core = useCore();
  const { identityId, id: messageId } = summary;
  const carries = attachments.some(({ contentType }) => /^text\/(x-)?vcard/iu.test(contentType));
  const [found, setFound] = useState<readonly MessageCardOf[]>(none);
  useEffect(() => {
    if (!carries) return undefined;
    let wanted = true;
    core.call('messages.cards', { identityId, messageId }).then(
      (cards) => wanted && setFound(cards),
      // The attachment is still there to be saved.
      () => undefined,
    );
    return () => void (wanted = false);
  }, [core, identityId, messageId, carries]);
  return carries ? found : none;
};
