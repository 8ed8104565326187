import { BadgeCheck } from 'lucide-react';
import { useState } from 'react';
import type { SubmitEvent } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { Fingerprint, MailAddress } from '../../../../shared/ids';
import { verifyCard } from '../../../actions/cards/verify-card';
import { FingerprintGroups } from '../../../parts/FingerprintGroups';
import { FullAddress } from '../../../parts/FullAddress';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { Avatar } from '../../../ui/Avatar';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { TextField } from '../../../ui/fields/TextField';
import { localPartOf } from '../../../words/address-text';
import styles from '../cards.module.css';
import { certifyOf, CertifyFields, usualChoice } from '../result/CertifyFields';
import { FocusedHeading } from '../result/FocusedHeading';
import type { Scan } from './use-scan';
import { isolated } from '../../../../shared/text/text-direction';

export type VerifyPersonProps = {
  readonly scan: Scan;
  readonly text: string;
  readonly address: MailAddress;
  /** Whom the card belongs to, when they are a contact already. */
  readonly contact?: Contact | undefined;
  readonly alreadyVerified?: boolean;
  /** What the card calls its owner. */
  readonly name?: string;
  readonly fingerprint?: Fingerprint | undefined;
};

/** A good card: of somebody new or of a contact. The person says how sure they are, and vouches. */
export const VerifyPerson = (props: VerifyPersonProps) => {
  const { scan, text, address, contact, alreadyVerified = false } = props;
  const services = useServices();
  const task = useTask();
  const [name, setName] = useState(props.name ?? '');
  const [choice, setChoice] = useState(usualChoice);
  const [open, setOpen] = useState(!alreadyVerified);
  const called = calledOf({ contact, name, address });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void task.run(async () =>
      scan.verified(
        text,
        await verifyCard(services, { ...scan.request, text, name, certify: certifyOf(choice, Date.now()) }),
      ),
    );
  };
  return (
    <form
      className={styles.person}
      onSubmit={submit}
      data-testid={contact ? 'card-match' : 'card-new'}
      data-address={address}
    >
      <PersonHead {...props} called={called} />
      {!contact && (
        <TextField
          label="Name"
          hint="Your own word for them. They never see it."
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          data-testid="card-name"
        />
      )}
      {open && <CertifyFields value={choice} onChange={setChoice} />}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div className={styles.buttons}>
        {open ? (
          <VerifyButton called={contact && called} busy={task.busy} />
        ) : (
          <AnewButton onPress={() => setOpen(true)} />
        )}
      </div>
    </form>
  );
};

const calledOf = ({
  contact,
  name,
  address,
}: {
  readonly contact: Contact | undefined;
  readonly name: string;
  readonly address: string;
}): string => isolated(contact?.name || name.trim()) || localPartOf(address);

const VerifyButton = ({ called, busy }: { readonly called: string | undefined; readonly busy: boolean }) => (
  <Button type="submit" tone="primary" icon={BadgeCheck} busy={busy} data-testid="card-verify">
    {called === undefined ? 'Add and verify' : `Verify ${called}`}
  </Button>
);

const AnewButton = ({ onPress }: { readonly onPress: () => void }) => (
  <Button onClick={onPress} data-testid="card-verify-anew">
    Verify once more…
  </Button>
);

type Known = 'new' | 'known' | 'verified';

const headings: Readonly<Record<Known, (called: string) => string>> = {
  new: () => 'Somebody new',
  known: (called) => `This is ${called}`,
  verified: (called) => `${called} is verified already`,
};

const sentences: Readonly<Record<Known, string>> = {
  new: 'They are not in your contacts yet. Verify them only if this code came from the person themselves.',
  known: 'The card agrees with what you have in your contacts. Verify them if they showed it to you themselves.',
  verified: 'Their card still says what you verified. There is nothing to do.',
};

const PersonHead = ({
  address,
  contact,
  alreadyVerified = false,
  fingerprint,
  called,
}: VerifyPersonProps & { readonly called: string }) => {
  const known: Known = contact === undefined ? 'new' : alreadyVerified ? 'verified' : 'known';
  return (
    <>
      <header className={styles.personHead}>
        <Avatar name={called} seed={address} size="large" />
        <div>
          <FocusedHeading>{headings[known](called)}</FocusedHeading>
          <p className={styles.soft}>{sentences[known]}</p>
        </div>
      </header>
      <FullAddress address={address} />
      {fingerprint !== undefined && (
        <div>
          <p className={styles.caption}>The card names this key; theirs must be the same</p>
          <FingerprintGroups fingerprint={fingerprint} />
        </div>
      )}
    </>
  );
};
