import type { Contact } from '../../../../shared/contact';
import type { NameOf } from '../../../queries/use-contacts';
import { showContact } from '../../../state/contact-page';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { senderNotice } from './sender-notice';
import styles from '../Reader.module.css';

export type SenderNoticeProps = { readonly contact: Contact | undefined; readonly nameOf: NameOf };

/** What waits for an answer about the person who wrote, with the way to where it is given. */
export const SenderNotice = ({ contact, nameOf }: SenderNoticeProps) => {
  const notice = contact && senderNotice(contact, nameOf);
  if (contact === undefined || notice === undefined) return null;
  return (
    <div className={styles.banner}>
      <Banner
        tone={notice.tone}
        testId="sender-notice"
        action={
          <Button onClick={() => showContact(contact.id)} data-testid="sender-notice-open">
            Open contact
          </Button>
        }
      >
        <strong>{notice.title}.</strong> {notice.sentence}
      </Banner>
    </div>
  );
};
