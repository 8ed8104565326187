import { useState } from 'react';
import { mailboxKey } from '../../../../shared/address/mailbox-of';
import type { Contact } from '../../../../shared/contact';
import { RECIPIENT_KINDS } from '../draft/compose-state';
import type { RecipientEntry, RecipientKind } from '../draft/compose-state';
import { RecipientField } from './RecipientField';
import styles from './RecipientField.module.css';
import type { AddressChecks } from './use-address-checks';
import type { DraftEditor } from '../draft/use-draft';

export type RecipientFieldsProps = {
  readonly draft: DraftEditor;
  readonly contacts: readonly Contact[];
  readonly checks: AddressChecks;
  readonly focusFirst: boolean;
};

const labels: Readonly<Record<RecipientKind, string>> = { to: 'To', cc: 'Cc', bcc: 'Bcc' };

/** To, and Cc and Bcc when they are asked for or filled. */
export const RecipientFields = ({ draft, contacts, checks, focusFirst }: RecipientFieldsProps) => {
  const { recipients } = draft.state;
  const [shown, setShown] = useState(() => recipients.cc.tokens.length + recipients.bcc.tokens.length > 0);
  const taken = new Set(RECIPIENT_KINDS.flatMap((kind) => recipients[kind].tokens.map(mailboxKey)));
  const change = (kind: RecipientKind, entry: RecipientEntry) =>
    draft.change({ recipients: { ...recipients, [kind]: entry } });
  const kinds = shown ? RECIPIENT_KINDS : (['to'] as const);
  return (
    <>
      {kinds.map((kind) => (
        <RecipientField
          key={kind}
          label={labels[kind]}
          name={kind}
          entry={recipients[kind]}
          onChange={(entry) => change(kind, entry)}
          contacts={contacts.filter((contact) => !contact.blocked && !taken.has(mailboxKey(contact.address)))}
          names={contacts}
          checks={checks}
          autoFocus={kind === 'to' && focusFirst}
          aside={
            kind === 'to' && !shown ? (
              <button
                type="button"
                className={styles.more}
                onClick={() => setShown(true)}
                data-testid="compose-show-cc"
              >
                Cc Bcc
              </button>
            ) : undefined
          }
        />
      ))}
    </>
  );
};
