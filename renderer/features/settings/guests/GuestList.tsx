import { Users } from 'lucide-react';
import { removeGuest } from '../../../actions/guests/remove-guest';
import type { Guest } from '../../../../shared/guests/guest';
import { useNow } from '../../../parts/use-now';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { EmptyState } from '../../../ui/EmptyState';
import { PeerText } from '../../../ui/PeerText';
import { shortAddress } from '../../../words/address-text';
import { lastUse } from '../programs/program-words';
import { roomText, serviceText } from './guest-words';
import settings from '../settings.module.css';
import styles from '../programs/programs.module.css';

const MINUTE_MS = 60_000;

export type GuestListProps = {
  readonly guests: readonly Guest[];
  readonly onAdd: () => void;
  readonly onSetup: (guest: Guest) => void;
};

/** The people whose mail lies here, and how much of it. */
export const GuestList = ({ guests, onAdd, onSetup }: GuestListProps) => {
  const now = useNow(MINUTE_MS);
  if (guests.length === 0) return <NoGuests onAdd={onAdd} />;
  return (
    <>
      <ul className={styles.list} aria-label="People whom you host">
        {guests.map((guest) => (
          <GuestRow key={guest.id} guest={guest} now={now} onSetup={() => onSetup(guest)} />
        ))}
      </ul>
      <div>
        <Button onClick={onAdd} data-testid="guests-add">
          Invite a guest…
        </Button>
      </div>
    </>
  );
};

const NoGuests = ({ onAdd }: { readonly onAdd: () => void }) => (
  <EmptyState
    icon={Users}
    title="No guest yet"
    text="Somebody without Posthorn can have an address on your computer, and read and write with Thunderbird and an OpenPGP key of their own. You keep their sealed mail and cannot read it. They can be reached while Posthorn is unlocked here."
    action={
      <Button tone="primary" onClick={onAdd} data-testid="guests-add">
        Invite a guest…
      </Button>
    }
    testId="guests-none"
  />
);

type GuestRowProps = { readonly guest: Guest; readonly now: number; readonly onSetup: () => void };

const GuestRow = ({ guest, now, onSetup }: GuestRowProps) => {
  const services = useServices();
  return (
    <li className={settings.row} data-testid="guest">
      <div className={settings.words}>
        <p className={settings.title}>
          <PeerText text={guest.name} />
        </p>
        <p className={settings.hint} dir="ltr" title={guest.address}>
          {shortAddress(guest.address)}
        </p>
        <p className={settings.hint}>
          {roomText(guest, now)}; {serviceText(guest)}; {lastUse(guest, now)}
        </p>
      </div>
      <div className={settings.control}>
        <Button onClick={onSetup} aria-label={`How to set up ${guest.name}`} data-testid="guest-setup">
          Set up…
        </Button>
        <Button
          onClick={() => removeGuest(services, guest)}
          aria-label={`Remove ${guest.name}`}
          data-testid="guest-remove"
        >
          Remove…
        </Button>
      </div>
    </li>
  );
};
