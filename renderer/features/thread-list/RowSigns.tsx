import { Flag, Paperclip, Reply, ShieldAlert } from 'lucide-react';
import type { MessageSummary } from '../../../shared/message';
import { signerStanding, type SignerStanding } from '../../../shared/signer-standing';
import { StandingSign } from '../../parts/standing/StandingSign';
import { protectionReasonWords } from '../../words/protection-words';
import { standingWords } from '../../words/standing-words';
import type { ContactOf, NameOf } from '../../queries/use-contacts';
import type { ThreadRow } from '../../state/lists/thread-rows';
import { Icon } from '../../ui/Icon';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import styles from './ThreadList.module.css';

type TrustProps = { readonly message: MessageSummary; readonly nameOf: NameOf; readonly contactOf: ContactOf };

/** Only what stands out: that the sender is not proved, or who is behind the address. Most mail has no sign. */
const Trust = ({ message, nameOf, contactOf }: TrustProps) => {
  if (message.protection === 'own') return null;
  if (message.protection === 'unverified') {
    return (
      <span className={styles.warning} data-protection="unverified">
        <Icon icon={ShieldAlert} size={14} />
        <VisuallyHidden>{protectionReasonWords[message.protectionReason].title}</VisuallyHidden>
      </span>
    );
  }
  const standing = signerStanding(message, contactOf(message.from));
  return isWorthASign(standing, nameOf) ? <StandingSign standing={standing} nameOf={nameOf} size={14} /> : null;
};

const isWorthASign = (standing: SignerStanding, nameOf: NameOf): boolean =>
  (standing.kind === 'no-key' && standing.verified) || standingWords(standing, nameOf).tone !== 'neutral';

export type RowSignsProps = { readonly row: ThreadRow; readonly nameOf: NameOf; readonly contactOf: ContactOf };

/** The small signs at the end of a row, each with its word for screen readers. */
export const RowSigns = ({ row, nameOf, contactOf }: RowSignsProps) => (
  <span className={styles.signs}>
    {row.newest.answered && (
      <span>
        <Icon icon={Reply} size={14} />
        <VisuallyHidden>Answered</VisuallyHidden>
      </span>
    )}
    {row.attachments && (
      <span>
        <Icon icon={Paperclip} size={13} />
        <VisuallyHidden>Has attachments</VisuallyHidden>
      </span>
    )}
    {row.flagged && (
      <span className={styles.flag}>
        <Icon icon={Flag} size={13} />
        <VisuallyHidden>Flagged</VisuallyHidden>
      </span>
    )}
    <Trust message={row.newest} nameOf={nameOf} contactOf={contactOf} />
  </span>
);
