import styles from './Avatar.module.css';
import { classNames } from './class-names';
import { stableColour } from './stable-colour';
import type { Tint } from './stable-colour';
import { withoutTurns } from '../../shared/text/text-direction';

export type AvatarProps = {
  readonly name: string;
  /** What the colour is derived from; the name when absent. Use the address, so that renaming keeps the colour. */
  readonly seed?: string;
  readonly colour?: Tint;
  readonly size?: 'small' | 'normal' | 'large';
};

/** A round initial in a colour of its own. Decorative: the name stands beside it. */
export const Avatar = ({ name, seed, colour, size = 'normal' }: AvatarProps) => (
  <span
    aria-hidden
    data-colour={colour ?? stableColour(seed ?? name)}
    className={classNames(styles.avatar, size !== 'normal' && styles[size])}
  >
    {Array.from(withoutTurns(name).trim())[0] ?? '?'}
  </span>
);
