import { Check } from 'lucide-react';
import { Icon } from '../Icon';
import type { MenuEntry } from './menu-entry';
import styles from './Menu.module.css';

type Item = Extract<MenuEntry, { kind: 'item' }>;

/** What a menu line shows: icon or tick, words, key. */
export const MenuLine = ({ entry }: { readonly entry: Item }) => {
  const icon = entry.checked === true ? Check : entry.icon;
  return (
    <>
      <span className={styles.icon}>{icon && <Icon icon={icon} size={15} />}</span>
      <span className={styles.words}>{entry.label}</span>
      {entry.shortcut !== undefined && <span className={styles.shortcut}>{entry.shortcut}</span>}
    </>
  );
};
