import { KeyRound, Lock, TriangleAlert } from 'lucide-react';
import type { Contact } from '../../../../shared/contact';
import { Icon } from '../../../ui/Icon';
import styles from '../ComposeFooter.module.css';
import { sealSummary } from './seal-words';
import type { SealSummary } from './seal-words';
import type { AddressChecks } from '../recipients/use-address-checks';

const icons = { sealed: Lock, fetch: KeyRound, trouble: TriangleAlert } as const satisfies Record<
  SealSummary['state'],
  typeof Lock
>;

export type SealNoteProps = {
  readonly addresses: readonly string[];
  readonly contacts: readonly Contact[];
  readonly checks: AddressChecks;
};

/** To whose keys the message will be sealed, in a line above the buttons. */
export const SealNote = ({ addresses, contacts, checks }: SealNoteProps) => {
  const valid = addresses.flatMap((address) => {
    const check = checks.get(address);
    return check?.outcome === 'ok' ? [check.address] : [];
  });
  const summary = sealSummary(valid, contacts);
  return (
    <p className={styles.seal} data-state={summary?.state} aria-live="polite" data-testid="seal-note">
      {summary !== undefined && (
        <>
          <Icon icon={icons[summary.state]} size={14} />
          <span>{summary.sentence}</span>
        </>
      )}
    </p>
  );
};
