import styles from './Kbd.module.css';

/** A key of the keyboard. */
export const Kbd = ({ children }: { readonly children: string }) => <kbd className={styles.key}>{children}</kbd>;
