import type { SignerStanding } from '../../../shared/signer-standing';
import type { NameOf } from '../../queries/use-contacts';
import { Icon } from '../../ui/Icon';
import { standingWords } from '../../words/standing-words';
import { standingIcon } from './standing-icon';
import styles from './Standing.module.css';

export type StandingSignProps = { readonly standing: SignerStanding; readonly nameOf: NameOf; readonly size?: number };

/** What a person's key is worth as an icon alone, with its word for screen readers. */
export const StandingSign = ({ standing, nameOf, size = 15 }: StandingSignProps) => {
  const { title, tone } = standingWords(standing, nameOf);
  return (
    <span
      className={styles.sign}
      data-tone={tone}
      data-standing={standing.kind}
      role="img"
      aria-label={title}
      title={title}
    >
      <Icon icon={standingIcon(standing)} size={size} />
    </span>
  );
};
