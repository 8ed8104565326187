import { useState } from 'react';
import { acceptRequest, blockSender } from '../../../actions/contacts/answer-request';
import { moveMessages } from '../../../actions/messages/move-messages';
import type { MessageSummary } from '../../../../shared/message';
import { askToConfirm } from '../../../state/questions/confirmation';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { shortAddress } from '../../../words/address-text';
import { requestSentences } from './request-words';
import styles from '../Reader.module.css';

/** First mail of a stranger: what to do with them. */
export const RequestBanner = ({ message }: { readonly message: MessageSummary }) => {
  const services = useServices();
  const [busy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    await acceptRequest(services, message);
    setBusy(false);
  };
  const block = () =>
    askToConfirm({
      title: 'Block this sender?',
      text: 'Their requests are deleted, and what they send later is thrown away without telling them. You can unblock them in Contacts.',
      confirm: 'Block',
      tone: 'danger',
      run: () => void blockSender(services, message),
    });
  return (
    <div className={styles.banner}>
      <Banner testId="request-banner">
        <div className={styles.request}>
          <p>
            <strong>{shortAddress(message.from)}</strong> is not among your contacts. Accept to make them one and move
            their mail to the Inbox.
          </p>
          <p className={styles.soft}>{requestSentences(message).join(' ')}</p>
          <div className={styles.answers}>
            <Button tone="primary" busy={busy} onClick={() => void accept()} data-testid="accept-request">
              Accept
            </Button>
            <Button onClick={block} data-testid="block-request">
              Block
            </Button>
            <Button
              tone="quiet"
              onClick={() => void moveMessages(services, { messages: [message], folder: 'trash' })}
              data-testid="delete-request"
            >
              Delete
            </Button>
          </div>
        </div>
      </Banner>
    </div>
  );
};
