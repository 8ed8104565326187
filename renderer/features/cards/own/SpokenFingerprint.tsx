import { useState } from 'react';
import { FingerprintGroups } from '../../../parts/FingerprintGroups';
import { inGroups } from '../../../words/format';
import { spoken } from '../../../words/card-words';
import styles from '../cards.module.css';

/** A fingerprint to read aloud, and on demand spelt so that a bad line cannot change a letter. */
export const SpokenFingerprint = ({ fingerprint }: { readonly fingerprint: string }) => {
  const [spelt, setSpelt] = useState(false);
  return (
    <div>
      <div className={styles.captionRow}>
        <p className={styles.caption}>Fingerprint, to read aloud</p>
        <button
          type="button"
          className={styles.more}
          aria-expanded={spelt}
          onClick={() => setSpelt(!spelt)}
          data-testid="own-card-spell"
        >
          {spelt ? 'In digits' : 'Spell it'}
        </button>
      </div>
      {spelt ? (
        <ol className={styles.spelling} data-selectable data-testid="spelling">
          {inGroups(fingerprint, 4).map((group, index) => (
            <li key={index}>
              <strong>{group}</strong> {spoken(group)}
            </li>
          ))}
        </ol>
      ) : (
        <FingerprintGroups fingerprint={fingerprint} />
      )}
    </div>
  );
};
