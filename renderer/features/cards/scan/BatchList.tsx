import { BadgeCheck, RotateCcw, X } from 'lucide-react';
import { useState } from 'react';
import type { IdentityId } from '../../../../shared/ids';
import { useContacts } from '../../../queries/use-contacts';
import { Avatar } from '../../../ui/Avatar';
import { Badge } from '../../../ui/Badge';
import type { BadgeProps } from '../../../ui/Badge';
import { Button } from '../../../ui/Button';
import { IconButton } from '../../../ui/IconButton';
import { localPartOf, shortAddress } from '../../../words/address-text';
import { readingState } from '../../../words/card-words';
import { isWaiting } from './batch';
import type { BatchRow } from './batch';
import styles from '../cards.module.css';
import { certifyOf, CertifyFields, usualChoice } from '../result/CertifyFields';
import type { Batch } from './use-batch';
import { isolated } from '../../../../shared/text/text-direction';

/** Everybody scanned so far, and the one step that verifies them. */
export const BatchList = ({ batch, identityId }: { readonly batch: Batch; readonly identityId: IdentityId }) => {
  const [choice, setChoice] = useState(usualChoice);
  const contacts = useContacts(identityId) ?? [];
  const waiting = batch.rows.filter(isWaiting).length;
  const nameOf = ({ reading }: BatchRow): string => {
    if (!('address' in reading)) return reading.outcome === 'own' ? 'You' : 'Unreadable card';
    const known = contacts.find(({ address }) => address === reading.address)?.name;
    return isolated(known || (reading.outcome === 'new' ? reading.name : '')) || localPartOf(reading.address);
  };
  if (batch.rows.length === 0)
    return <p className={styles.soft}>Nobody scanned yet. Hold one code after the other into the frame.</p>;
  return (
    <section className={styles.batch} aria-label="Scanned people">
      <ul>
        {batch.rows.map((row) => (
          <Row key={row.id} row={row} name={nameOf(row)} onRemoved={(removed) => batch.setRemoved(row.id, removed)} />
        ))}
      </ul>
      {waiting > 0 && (
        <>
          <CertifyFields value={choice} onChange={setChoice} />
          <div className={styles.buttons}>
            <Button
              tone="primary"
              icon={BadgeCheck}
              busy={batch.busy}
              onClick={() => void batch.verifyAll(certifyOf(choice, Date.now()))}
              data-testid="batch-verify"
            >
              {waiting === 1 ? 'Verify one person' : `Verify all ${String(waiting)}`}
            </Button>
          </div>
        </>
      )}
    </section>
  );
};

type RowProps = { readonly row: BatchRow; readonly name: string; readonly onRemoved: (removed: boolean) => void };

const Row = ({ row, name, onRemoved }: RowProps) => {
  const address = 'address' in row.reading ? row.reading.address : undefined;
  return (
    <li
      className={styles.batchRow}
      data-removed={row.removed || undefined}
      data-testid="batch-row"
      data-outcome={row.reading.outcome}
      data-verified={row.verified || undefined}
    >
      <Avatar name={name} seed={address ?? row.id} />
      <span className={styles.batchWords}>
        <strong>{name}</strong>
        {address !== undefined && <span className={styles.faint}>{shortAddress(address)}</span>}
        {row.failure !== undefined && !row.verified && <span className={styles.failure}>{row.failure}</span>}
      </span>
      <State row={row} />
      {!row.verified && <RemoveButton removed={row.removed} name={name} onRemoved={onRemoved} />}
    </li>
  );
};

const RemoveButton = ({ removed, name, onRemoved }: { readonly removed: boolean } & Omit<RowProps, 'row'>) => (
  <IconButton
    icon={removed ? RotateCcw : X}
    label={removed ? `Take ${name} back` : `Leave ${name} out`}
    size="small"
    onClick={() => onRemoved(!removed)}
    data-testid="batch-remove"
  />
);

type Tone = NonNullable<BadgeProps['tone']>;
type Shown = { readonly tone: Tone; readonly words: string };

const tones: Readonly<Record<BatchRow['reading']['outcome'], Tone>> = {
  new: 'neutral',
  match: 'neutral',
  own: 'neutral',
  refused: 'warning',
  'other-address': 'danger',
  'other-key': 'danger',
};

const stateOf = ({ reading }: BatchRow): Shown => {
  if (reading.outcome === 'match' && reading.alreadyVerified) return { tone: 'good', words: 'Verified before' };
  if (reading.outcome === 'new' && reading.lookAlike !== undefined)
    return { tone: 'danger', words: 'Look-alike: do not trust' };
  return { tone: tones[reading.outcome], words: readingState[reading.outcome] };
};

const State = ({ row }: { readonly row: BatchRow }) => {
  if (row.verified) {
    return (
      <Badge tone="good" icon={BadgeCheck}>
        Verified
      </Badge>
    );
  }
  if (row.removed) return <Badge>Left out</Badge>;
  const { tone, words } = stateOf(row);
  return <Badge tone={tone}>{words}</Badge>;
};
