import { Search } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { classNames } from '../class-names';
import { Icon } from '../Icon';
import styles from './SearchField.module.css';

export type SearchFieldProps = Omit<ComponentPropsWithRef<'input'>, 'className' | 'type'> & {
  /** `aria-label` of the field; nothing else says what is searched. */
  readonly 'aria-label': string;
  /** Without a border, for the head of a list. */
  readonly quiet?: boolean;
  /** Where the field stands; its looks are its own. */
  readonly className?: string | undefined;
  /** What stands behind the text, and below the field. */
  readonly children?: ReactNode;
};

/** A field to look for something. What is suggested below it is a child, and stands where the field begins. */
export const SearchField = ({ quiet = false, className, children, ...input }: SearchFieldProps) => (
  <div className={classNames(styles.field, quiet && styles.quiet, className)}>
    <Icon icon={Search} size={14} />
    <input dir="auto" type="search" spellCheck={false} autoComplete="off" {...input} />
    {children}
  </div>
);
