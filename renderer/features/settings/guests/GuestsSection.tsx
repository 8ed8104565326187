import { useState } from 'react';
import type { IdentityId } from '../../../../shared/ids';
import type { Guest, NewGuest } from '../../../../shared/guests/guest';
import { PageSection } from '../../../parts/PageFrame';
import { useGuests } from '../../../queries/use-guests';
import { Banner } from '../../../ui/Banner';
import { AddGuestDialog } from './AddGuestDialog';
import { GuestList } from './GuestList';
import { GuestSetupDialog } from './GuestSetupDialog';

/** People whom this person hosts: who they are, and how one is invited. */
export const GuestsSection = () => {
  const { guests, failure } = useGuests();
  return (
    <PageSection title="People whom you host">
      {guests !== undefined && <Guests guests={guests} />}
      {guests === undefined && failure !== undefined && <Banner tone="danger">{failure}</Banner>}
    </PageSection>
  );
};

/** What is open above the page: the form for another guest, or how to set one up. */
type Above = { readonly form: 'add' } | { readonly guestId: IdentityId; readonly made?: NewGuest };

const Guests = ({ guests }: { readonly guests: readonly Guest[] }) => {
  const [above, setAbove] = useState<Above>();
  const close = () => setAbove(undefined);
  return (
    <>
      <GuestList
        guests={guests}
        onAdd={() => setAbove({ form: 'add' })}
        onSetup={({ id }) => setAbove({ guestId: id })}
      />
      {above !== undefined && 'form' in above && (
        <AddGuestDialog onClose={close} onAdded={(made) => setAbove({ guestId: made.guest.id, made })} />
      )}
      {above !== undefined && 'guestId' in above && <Setup {...above} guests={guests} onClose={close} />}
    </>
  );
};

type SetupProps = Extract<Above, { guestId: IdentityId }> & {
  readonly guests: readonly Guest[];
  readonly onClose: () => void;
};

/** As the guest is now: their key may come while the dialog is open. */
const Setup = ({ guestId, made, guests, onClose }: SetupProps) => {
  const guest = guests.find(({ id }) => id === guestId) ?? made?.guest;
  return guest && <GuestSetupDialog guest={guest} onClose={onClose} {...(made ? { made } : {})} />;
};
