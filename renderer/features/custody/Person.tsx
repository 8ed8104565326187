import type { ReactNode } from 'react';
import type { ContactId } from '../../../shared/ids';
import { showContact } from '../../state/contact-page';
import { Avatar } from '../../ui/Avatar';
import { Badge } from '../../ui/Badge';
import type { CustodyState } from '../../words/custody-words';
import styles from './custody.module.css';

export type PersonProps = {
  readonly name: string;
  readonly address: string;
  /** Absent when they are no contact any more. */
  readonly contactId: ContactId | undefined;
  readonly state: CustodyState;
  readonly sentence: string;
  readonly facts: readonly string[];
  /** Between the facts and the buttons. */
  readonly children?: ReactNode;
  readonly buttons: ReactNode;
};

/** Somebody who keeps mail, or whose mail is kept: who they are, where it stands, and what can be done. */
export const Person = ({ name, address, contactId, state, sentence, facts, children, buttons }: PersonProps) => (
  <div className={styles.person}>
    <Avatar name={name} seed={address} />
    <div className={styles.body}>
      <div className={styles.head}>
        <h3 className={styles.name} title={address}>
          {contactId === undefined ? (
            name
          ) : (
            <button type="button" onClick={() => showContact(contactId)}>
              {name}
            </button>
          )}
        </h3>
        <Badge tone={state.tone} testId="holding-state">
          {state.title}
        </Badge>
      </div>
      <p className={styles.soft}>{sentence}</p>
      {facts.length > 0 && <p className={styles.faint}>{facts.join(' · ')}</p>}
      {children}
      <div className={styles.buttons}>{buttons}</div>
    </div>
  </div>
);
