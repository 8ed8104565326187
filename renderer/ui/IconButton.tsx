import type { ComponentPropsWithRef, MouseEvent } from 'react';
import { present } from '../../shared/present';
import { classNames } from './class-names';
import { Icon } from './Icon';
import type { IconType } from './Icon';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip';

export type IconButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children' | 'aria-label'> & {
  readonly icon: IconType;
  /** What it does: read out by screen readers and shown as the tooltip. */
  readonly label: string;
  /** The key that does the same, such as `E` or `Ctrl+N`. */
  readonly shortcut?: string;
  readonly size?: 'normal' | 'small';
  /** For two-state buttons (`aria-pressed`). */
  readonly pressed?: boolean;
};

/** A button that is only an icon. It always has a name, and shows it in a tooltip. */
export const IconButton = (props: IconButtonProps) => {
  const { icon, label, shortcut, size = 'normal', pressed, disabled = false, className, onClick, ...rest } = props;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (disabled) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <Tooltip text={label} {...present({ shortcut })}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-pressed={pressed}
        aria-disabled={disabled || undefined}
        onClick={press}
        className={classNames(styles.button, size === 'small' && styles.small, className)}
      >
        <Icon icon={icon} size={size === 'small' ? 15 : 17} />
      </button>
    </Tooltip>
  );
};
