import { inGroups } from '../words/format';
import styles from './FullAddress.module.css';

/**
 * A whole address for reading aloud and comparing: the name, then the onion in groups of seven. Selecting and copying
 * gives the address without any spaces because the gaps are only drawn.
 */
export const FullAddress = ({ address }: { readonly address: string }) => {
  const [local = '', host = ''] = address.split('@');
  const onion = host.replace(/\.onion$/, '');
  const groups = inGroups(onion, 7);
  return (
    <div className={styles.address} dir="ltr" data-selectable data-testid="full-address" data-address={address}>
      <span className={styles.local}>{local}@</span>
      {groups.map((group, index) => (
        <span key={index} className={styles.group}>
          {group}
          {index === groups.length - 1 && <span className={styles.end}>.onion</span>}
        </span>
      ))}
    </div>
  );
};
