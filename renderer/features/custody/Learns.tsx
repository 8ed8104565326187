import { Eye, EyeOff } from 'lucide-react';
import { Icon } from '../../ui/Icon';
import { learnsText } from '../../words/custody-words';
import styles from './custody.module.css';

export type LearnsProps = {
  /** Who keeps the mail, as in «Dave» or «You». */ readonly who: string;
  readonly owner: 'you' | 'them';
};

/** What whoever keeps mail can learn by it, and what they cannot. */
export const Learns = ({ who, owner }: LearnsProps) => (
  <div className={styles.sides}>
    <div className={styles.side}>
      <h4>
        <Icon icon={Eye} size={14} />
        {who} can learn
      </h4>
      <ul>
        {learnsText(owner).learns.map((line) => (
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
        {learnsText(owner).hidden.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  </div>
);
