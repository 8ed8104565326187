import type { Contact } from '../../../../shared/contact';
import { setIntroducer } from '../../../actions/contacts/certify-contact';
import { useTask } from '../../../parts/use-task';
import { askToConfirm } from '../../../state/questions/confirmation';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Switch } from '../../../ui/fields/Switch';
import { personName } from '../../../words/address-text';
import type { TrustDialog } from './contact-shapes';
import styles from '../ContactsPage.module.css';
import { introducerLine } from './trust-lines';

export type IntroducerSwitchProps = { readonly contact: Contact; readonly onShow: (dialog: TrustDialog) => void };

/** Whether whom a contact has certified counts as introduced to the user; only for those whom the user has verified. */
export const IntroducerSwitch = ({ contact, onShow }: IntroducerSwitchProps) => {
  const services = useServices();
  const task = useTask();
  const { introducer } = contact;
  const name = personName(contact);
  if (introducer === undefined && contact.standing.kind !== 'verified') return null;
  const end = () =>
    askToConfirm({
      title: `Take ${name}’s introductions back?`,
      text: 'Whoever counted as introduced only through them counts as not verified from now on. Nothing is lost, and nobody is told.',
      confirm: 'Take back',
      tone: 'danger',
      run: () => void task.run(() => setIntroducer(services, { contact, introducer: null })),
    });
  return (
    <div className={styles.introducer}>
      <Switch
        label="Introduces people to you"
        hint={
          introducer === undefined
            ? `Whom ${name} has verified would count as introduced to you.`
            : introducerLine(introducer)
        }
        checked={introducer !== undefined}
        onChange={(on) => (on ? onShow('introducer') : end())}
        testId="contact-introducer"
      />
      {introducer !== undefined && (
        <Button
          tone="quiet"
          className={styles.change}
          onClick={() => onShow('introducer')}
          data-testid="introducer-change"
        >
          Change…
        </Button>
      )}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
    </div>
  );
};
