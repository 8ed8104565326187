import type { ComponentPropsWithRef, CSSProperties } from 'react';
import { present } from '../../../shared/present';
import { classNames } from '../../ui/class-names';
import { Icon } from '../../ui/Icon';
import type { IconType } from '../../ui/Icon';
import { Tooltip } from '../../ui/Tooltip';
import styles from './Rail.module.css';

export type RailItemProps = {
  readonly icon: IconType;
  readonly name: string;
  readonly shortcut?: string;
  readonly count?: number;
  /** Whether the count is of unread mail, which stands out. */
  readonly unread?: boolean;
  /** What the count is of, where it is neither. */
  readonly countLabel?: string;
  readonly current: boolean;
  readonly testId: string;
  /** How far it stands in, in levels. */
  readonly depth?: number;
  /** What makes it a place to drop things on, and what keys do while it has the focus. */
  readonly handlers?: ButtonHandlers;
  readonly onPress: () => void;
};

type ButtonHandlers = Pick<
  ComponentPropsWithRef<'button'>,
  'onDragOver' | 'onDragLeave' | 'onDrop' | 'onKeyDown' | 'onContextMenu' | 'ref'
>;

/** A line of the rail; only its icon on narrow windows. */
export const RailItem = ({
  icon,
  name,
  shortcut,
  count = 0,
  unread = false,
  countLabel,
  current,
  testId,
  depth = 0,
  handlers,
  onPress,
}: RailItemProps) => (
  <Tooltip text={name} side="right" {...present({ shortcut })}>
    <button
      type="button"
      className={styles.item}
      aria-current={current ? 'page' : undefined}
      data-testid={testId}
      data-count={count}
      style={{ '--depth': depth } as CSSProperties}
      {...handlers}
      onClick={onPress}
    >
      <span className={styles.icon}>
        <Icon icon={icon} size={17} />
      </span>
      <span className={styles.name}>{name}</span>
      {count > 0 && (
        <span
          className={classNames(styles.count, unread && styles.unread)}
          aria-label={countLabel ?? (unread ? `${String(count)} unread` : String(count))}
        >
          {count > 999 ? '999+' : count}
        </span>
      )}
    </button>
  </Tooltip>
);
