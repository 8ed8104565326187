import { ScanLine } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import { openScan } from '../../state/card-dialogs';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import { dayText } from '../../words/date-text';
import { isVerified } from '../../words/standing-words';
import type { TrustDialog } from './trust/contact-shapes';
import styles from './ContactsPage.module.css';

export type ScannedYouBannerProps = { readonly contact: Contact; readonly onShow: (dialog: TrustDialog) => void };

/** They have proved that they scanned the user's code: the user is asked to make sure of them in turn. */
export const ScannedYouBanner = ({ contact, onShow }: ScannedYouBannerProps) => {
  if (contact.scannedYouAt === undefined || isVerified(contact.standing)) return null;
  return (
    <Banner icon={ScanLine} testId="scanned-you-banner">
      <strong>
        {personName(contact)} scanned your code on {dayText(contact.scannedYouAt)}
      </strong>
      <p>Whoever writes from this address has seen the code on your screen. If it was them, verify them back.</p>
      <div className={styles.bannerActions}>
        {contact.fingerprint !== undefined && (
          <Button onClick={() => onShow('compare')} data-testid="verify-back-compare">
            Compare fingerprint…
          </Button>
        )}
        <Button
          tone="primary"
          icon={ScanLine}
          onClick={() => openScan({ identityId: contact.identityId, expected: contact.id })}
          data-testid="verify-back-scan"
        >
          Scan their code
        </Button>
      </div>
    </Banner>
  );
};
