import { ChevronRight } from 'lucide-react';
import { Fragment } from 'react';
import type { NameOf } from '../../queries/use-contacts';
import { Avatar } from '../../ui/Avatar';
import { Icon } from '../../ui/Icon';
import { VisuallyHidden } from '../../ui/VisuallyHidden';
import styles from './Standing.module.css';

export type StandingPathProps = {
  /** From the one whom the user certified to the one who certified the person. */
  readonly path: readonly string[];
  readonly to: string;
  readonly nameOf: NameOf;
};

/** Who vouches for whom, from the user to the person, as a line of faces. */
export const StandingPath = ({ path, to, nameOf }: StandingPathProps) => (
  <ol className={styles.path} aria-label="Who vouches for whom" data-testid="standing-path">
    <li className={styles.step}>You</li>
    {[...path, to].map((address) => (
      <Fragment key={address}>
        <li aria-hidden className={styles.arrow}>
          <Icon icon={ChevronRight} size={13} />
        </li>
        <li className={styles.step} title={address}>
          <VisuallyHidden>vouches for </VisuallyHidden>
          <Avatar name={nameOf(address)} seed={address} size="small" />
          <span className={styles.stepName}>{nameOf(address)}</span>
        </li>
      </Fragment>
    ))}
  </ol>
);
