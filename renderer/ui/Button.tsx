import type { ComponentPropsWithRef, MouseEvent, ReactNode } from 'react';
import styles from './Button.module.css';
import { classNames } from './class-names';
import { Icon } from './Icon';
import type { IconType } from './Icon';
import { Spinner } from './Spinner';

export type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'children'> & {
  readonly tone?: 'primary' | 'secondary' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly wide?: boolean;
  readonly icon?: IconType;
  /** Shows that the press is being worked on; further presses do nothing. */
  readonly busy?: boolean;
  readonly children: ReactNode;
};

const Sign = ({ busy, icon }: { readonly busy: boolean; readonly icon: IconType | undefined }) => {
  if (busy) return <Spinner size={14} />;
  return icon ? <Icon icon={icon} /> : null;
};

/**
 * A button with words on it. A disabled or busy one stays in the tab order (`aria-disabled`), so that the keyboard does
 * not lose its place.
 */
export const Button = (props: ButtonProps) => {
  const {
    tone = 'secondary',
    size,
    wide,
    icon,
    busy = false,
    disabled = false,
    className,
    onClick,
    children,
    ...rest
  } = props;
  const idle = busy || disabled;
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (idle) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={idle || undefined}
      aria-busy={busy || undefined}
      onClick={press}
      className={classNames(
        styles.button,
        styles[tone],
        size === 'large' && styles.large,
        wide && styles.wide,
        className,
      )}
    >
      <Sign busy={busy} icon={icon} />
      <span>{children}</span>
    </button>
  );
};
