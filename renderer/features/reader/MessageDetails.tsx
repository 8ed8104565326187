import { Copy } from 'lucide-react';
import { copyText } from '../../actions/window/copy-text';
import type { MessageDetail } from '../../../shared/message';
import { protectionReasonWords } from '../../words/protection-words';
import { FingerprintGroups } from '../../parts/FingerprintGroups';
import { useServices } from '../../state/services';
import { IconButton } from '../../ui/IconButton';
import { fullDate } from '../../words/date-text';
import { senderAddress } from '../../words/address-text';
import { sizeText } from '../../words/size-text';
import styles from './MessageCard.module.css';

const Addresses = ({ term, addresses }: { readonly term: string; readonly addresses: readonly string[] }) => {
  const services = useServices();
  if (addresses.length === 0) return null;
  return (
    <>
      <dt>{term}</dt>
      {addresses.map((address, index) => (
        <dd key={address} style={index > 0 ? { gridColumn: 2 } : undefined}>
          <span dir="ltr" data-selectable>
            {address}
          </span>
          <IconButton
            icon={Copy}
            size="small"
            label={`Copy the address of ${address.split('@')[0] ?? ''}`}
            onClick={() => void copyText(services, { text: address, said: 'Address copied' })}
          />
        </dd>
      ))}
    </>
  );
};

/** Everything that the header leaves out: whole addresses, exact date, size, and why the sender is proved or not. */
export const MessageDetails = ({ detail }: { readonly detail: MessageDetail }) => {
  const { summary, bcc } = detail;
  return (
    <dl className={styles.details} data-testid="message-details">
      <Addresses term="From" addresses={[senderAddress(summary)]} />
      <Addresses term="To" addresses={summary.to} />
      <Addresses term="Cc" addresses={summary.cc} />
      <Addresses term="Bcc" addresses={bcc} />
      <dt>Date</dt>
      <dd>{fullDate(summary.date)}</dd>
      <dt>Stored</dt>
      <dd>{fullDate(summary.storedAt)}</dd>
      <dt>Size</dt>
      <dd>{sizeText(summary.size)}</dd>
      <dt>Protection</dt>
      <dd>{protectionReasonWords[summary.protectionReason].sentence}</dd>
      {summary.signedBy !== undefined && (
        <>
          <dt>Signed by</dt>
          <dd data-selectable data-testid="signed-by">
            <FingerprintGroups fingerprint={summary.signedBy} />
          </dd>
        </>
      )}
    </dl>
  );
};
