import { useState } from 'react';
import type { ContactId, IdentityId } from '../../../shared/ids';
import type { Identity } from '../../../shared/identity';
import { announceMove } from '../../actions/profile/announce-move';
import { useTask } from '../../parts/use-task';
import { useContacts } from '../../queries/use-contacts';
import { useIdentities } from '../../queries/use-identities';
import { closeIdentitySheet } from '../../state/identity-sheet';
import { showView } from '../../state/selection';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Select } from '../../ui/fields/Select';
import { localPartOf, shortAddress } from '../../words/address-text';
import { ContactTicks } from './ContactTicks';
import styles from './identities.module.css';

export type MoveDialogProps = { readonly identity: Identity; readonly onClose: () => void };

const nameOf = ({ label, address }: Identity): string => label || localPartOf(address);

/** Tells chosen contacts that another identity of this profile is the one to write to. */
export const MoveDialog = (props: MoveDialogProps) => {
  const others = useIdentities()?.filter(({ id }) => id !== props.identity.id);
  if (others === undefined) return null;
  const [first] = others;
  return first === undefined ? <NowhereToGo {...props} /> : <ChooseMove {...props} others={others} first={first} />;
};

const title = ({ identity }: MoveDialogProps): string => `Move from ${nameOf(identity)} to another identity`;

const NowhereToGo = (props: MoveDialogProps) => {
  const make = () => {
    closeIdentitySheet();
    showView('new-identity');
  };
  const footer = (
    <>
      <Button onClick={props.onClose}>Cancel</Button>
      <Button tone="primary" onClick={make}>
        New identity
      </Button>
    </>
  );
  return (
    <Dialog open onOpenChange={props.onClose} title={title(props)} footer={footer} testId="move-dialog">
      <p>
        There is no other identity in this profile yet. Make the new one first, then come back here to tell your
        contacts.
      </p>
    </Dialog>
  );
};

type ChooseMoveProps = MoveDialogProps & { readonly others: readonly Identity[]; readonly first: Identity };

const ChooseMove = ({ identity, onClose, others, first }: ChooseMoveProps) => {
  const services = useServices();
  const task = useTask();
  const contacts = useContacts(identity.id)?.filter(({ blocked }) => !blocked) ?? [];
  const [target, setTarget] = useState<IdentityId>(first.id);
  const [told, setTold] = useState<ReadonlySet<ContactId>>(new Set());
  const tell = () =>
    void task
      .run(() => announceMove(services, { identityId: identity.id, toIdentityId: target, contactIds: [...told] }))
      .then((done) => done && onClose());
  const footer = (
    <>
      <Button onClick={onClose}>Cancel</Button>
      <Button tone="primary" disabled={told.size === 0} busy={task.busy} onClick={tell} data-testid="move-confirm">
        {told.size === 1 ? 'Tell 1 person' : `Tell ${told.size} people`}
      </Button>
    </>
  );
  const options = others.map((other) => ({
    value: other.id,
    label: `${nameOf(other)} (${shortAddress(other.address)})`,
  }));
  return (
    <Dialog open onOpenChange={onClose} title={title({ identity, onClose })} footer={footer} testId="move-dialog">
      <div className={styles.form}>
        <Banner tone="warning">
          <strong>This links your two addresses</strong> for everybody whom you tell, and for whoever they tell. It can
          never be taken back. Nobody else learns of it.
        </Banner>
        <div className={styles.choice}>
          <span>Write to me at</span>
          <Select label="Write to me at" value={target} options={options} onChange={setTarget} testId="move-target" />
        </div>
        <ContactTicks contacts={contacts} told={told} onChange={setTold} />
        <p className={styles.soft}>
          Each gets a sealed message that both your keys sign. Their Posthorn asks them whether to follow; whoever had
          verified you need not do it again. This identity stays as it is until you delete it.
        </p>
        {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      </div>
    </Dialog>
  );
};
