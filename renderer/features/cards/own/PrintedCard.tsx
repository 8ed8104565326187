import { createPortal } from 'react-dom';
import type { OwnCard } from '../../../../shared/card';
import { AddressQr } from '../../../parts/AddressQr';
import { inGroups } from '../../../words/format';
import styles from './PrintedCard.module.css';

export type PrintedCardProps = {
  readonly name: string;
  /** Without a one-time code: paper is kept, and seen by many. */
  readonly card: OwnCard;
};

/**
 * The card as it is on paper; not on the screen. It stands beside the application, so that print styles can leave it
 * alone on the page.
 */
export const PrintedCard = ({ name, card }: PrintedCardProps) => {
  const [local = '', host = ''] = card.address.split('@');
  return createPortal(
    <div className={styles.sheet} aria-hidden data-testid="printed-card">
      <div className={styles.card}>
        <AddressQr address={card.address} text={card.uri} size={220} />
        <div className={styles.words}>
          {name !== '' && <p className={styles.name}>{name}</p>}
          <p className={styles.caption}>Mail, end to end over Tor (Posthorn)</p>
          <p className={styles.mono}>
            {local}@<wbr />
            {inGroups(host, 8).map((group, index) => (
              <span key={index}>
                {group}
                <wbr />
              </span>
            ))}
          </p>
          <p className={styles.caption}>OpenPGP fingerprint</p>
          <p className={styles.mono}>{inGroups(card.fingerprint, 4).join(' ')}</p>
        </div>
      </div>
    </div>,
    document.body,
  );
};
