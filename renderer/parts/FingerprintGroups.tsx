import styles from './FingerprintGroups.module.css';
import { inGroups } from '../words/format';

/** An OpenPGP fingerprint in ten groups of four, five to a row, as people compare them. */
export const FingerprintGroups = ({ fingerprint }: { readonly fingerprint: string }) => (
  <div className={styles.grid} data-selectable role="group" aria-label="Key fingerprint" data-testid="fingerprint">
    {inGroups(fingerprint, 4).map((group, index) => (
      <span key={index}>{group}</span>
    ))}
  </div>
);
