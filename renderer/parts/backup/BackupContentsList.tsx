import type { BackupContents } from '../../../shared/backup';
import { localPartOf, shortAddress } from '../../words/address-text';
import { contentsText } from '../../words/backup-words';
import { fullDate } from '../../words/date-text';
import styles from './BackupContentsList.module.css';

/** What a backup holds, identity by identity. */
export const BackupContentsList = ({ contents }: { readonly contents: BackupContents }) => (
  <div data-testid="backup-contents">
    <p className={styles.soft}>Made on {fullDate(contents.createdAt)}. It holds keys and address of</p>
    <ul className={styles.list}>
      {contents.identities.map((identity) => (
        <li key={identity.address} title={identity.address}>
          <strong>{identity.label || localPartOf(identity.address)}</strong> ({shortAddress(identity.address)}),{' '}
          {contentsText(contents, identity)}
        </li>
      ))}
    </ul>
  </div>
);
