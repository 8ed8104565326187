import { endAgreement, forgetAgreements } from '../../actions/custody/end-agreement';
import type { MailClient } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { askToConfirm } from '../../state/questions/confirmation';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { ProgressBar } from '../../ui/ProgressBar';
import {
  clientFacts,
  clientSentence,
  clientState,
  endClientWords,
  keptShare,
  keptText,
} from '../../words/custody-words';
import styles from './custody.module.css';
import { Person } from './Person';

export type ClientRowProps = {
  readonly identityId: IdentityId;
  readonly client: MailClient;
  /** All that is over with the same person. */ readonly over: readonly MailClient[];
  readonly name: string;
};

/** Somebody for whom the user keeps mail, or did. */
export const ClientRow = (props: ClientRowProps) => {
  const { client, name } = props;
  return (
    <li data-testid="client" data-state={client.state} data-address={client.address}>
      <Person
        name={name}
        address={client.address}
        contactId={client.contactId}
        state={clientState(client)}
        sentence={clientSentence(client)}
        facts={clientFacts(client)}
        buttons={<Buttons {...props} />}
      >
        {client.state === 'active' && (
          <div className={styles.bar}>
            <p className={styles.faint} data-testid="client-kept">
              {keptText(client)}
            </p>
            <ProgressBar label={`Kept for ${name}`} value={keptShare(client)} />
          </div>
        )}
      </Person>
    </li>
  );
};

const Buttons = ({ identityId, client, over, name }: ClientRowProps) => {
  const services = useServices();
  const { state, heldMessages } = client;
  const end = () =>
    askToConfirm({
      ...endClientWords({ name, heldMessages }),
      tone: 'danger',
      run: () => void endAgreement(services, { identityId, of: client }),
    });
  if (state === 'active') {
    return (
      <Button onClick={end} aria-label={`End: ${name}`} data-testid="client-end">
        End…
      </Button>
    );
  }
  // What is still here is handed over first.
  if (heldMessages > 0) return null;
  return (
    <Button
      tone="quiet"
      onClick={() => void forgetAgreements(services, { identityId, over })}
      aria-label={`Forget ${name}`}
      data-testid="client-forget"
    >
      Forget
    </Button>
  );
};
