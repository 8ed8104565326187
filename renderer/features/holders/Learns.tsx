import { Eye, EyeOff } from 'lucide-react';
import { Icon } from '../../ui/Icon';
import { learnsText } from '../../words/holding-words';
import styles from './holders.module.css';

/** What whoever keeps mail can learn by it, and what they cannot; `who` as in «Dave», or «You». */
export const Learns = ({ who }: { readonly who: string }) => (
  <div className={styles.sides}>
    <div className={styles.side}>
      <h4>
        <Icon icon={Eye} size={14} />
        {who} can learn
      </h4>
      <ul>
        {learnsText.learns.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
    <div className={styles.side}>
      <h4>
        <Icon icon={EyeOff} size={14} />
        {who} cannot learn
      </h4>
      <ul>
        {learnsText.hidden.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  </div>
);
