import { LoaderCircle } from 'lucide-react';
import styles from './Spinner.module.css';

/** A turning ring. With a label it is announced; without one it only decorates words that already say so. */
export const Spinner = ({ size = 18, label }: { readonly size?: number; readonly label?: string }) => (
  <LoaderCircle
    size={size}
    strokeWidth={2}
    className={styles.spinner}
    focusable={false}
    {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
  />
);
