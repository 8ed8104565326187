import { askAgain } from '../../actions/custody/ask-holder';
import { endAgreement, forgetAgreements } from '../../actions/custody/end-agreement';
import type { MailHolder } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { useNow } from '../../parts/use-now';
import { useTask } from '../../parts/use-task';
import { askToConfirm } from '../../state/questions/confirmation';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { endHolderWords, faultSentences, holderFacts, holderSentence, holderState } from '../../words/custody-words';
import { canAskAgain } from './askable';
import styles from './custody.module.css';
import { Person } from './Person';

export type HolderRowProps = {
  readonly identityId: IdentityId;
  readonly holder: MailHolder;
  /** All that is over with the same person, from this one or from before. */
  readonly over: readonly MailHolder[];
  readonly name: string;
  /** Whether nobody else keeps mail. */
  readonly isLast: boolean;
};

/** Somebody who keeps mail for the user, or was asked to. */
export const HolderRow = (props: HolderRowProps) => {
  const { holder, name } = props;
  const now = useNow(60_000);
  const faults = faultSentences(holder.faults);
  return (
    <li data-testid="holder" data-state={holder.state} data-address={holder.address}>
      <Person
        name={name}
        address={holder.address}
        contactId={holder.contactId}
        state={holderState(holder)}
        sentence={holderSentence(holder)}
        facts={holderFacts(holder, now)}
        buttons={<Buttons {...props} now={now} />}
      >
        {faults.length > 0 && (
          <div className={styles.faults}>
            <Banner tone="warning" testId="holder-faults">
              {faults.map((fault) => (
                <p key={fault}>{fault}</p>
              ))}
            </Banner>
          </div>
        )}
      </Person>
    </li>
  );
};

const Buttons = ({ identityId, holder, over, name, isLast, now }: HolderRowProps & { readonly now: number }) => {
  const services = useServices();
  const task = useTask();
  const { state } = holder;
  const end = () =>
    askToConfirm({
      ...endHolderWords({ name, state, isLast }),
      tone: 'danger',
      run: () => void endAgreement(services, { identityId, of: holder }),
    });
  return (
    <>
      {canAskAgain(holder, now) && (
        <Button
          busy={task.busy}
          onClick={() => void task.run(() => askAgain(services, { identityId, holder, name }))}
          aria-label={`Ask ${name} again`}
          data-testid="holder-ask-again"
        >
          Ask again
        </Button>
      )}
      {state === 'refused' || state === 'ended' ? (
        <Button
          tone="quiet"
          onClick={() => void forgetAgreements(services, { identityId, over })}
          aria-label={`Forget ${name}`}
          data-testid="holder-forget"
        >
          Forget
        </Button>
      ) : (
        <Button
          tone={state === 'asked' ? 'quiet' : 'secondary'}
          onClick={end}
          aria-label={`${state === 'asked' ? 'Take back' : 'End'}: ${name}`}
          data-testid="holder-end"
        >
          {state === 'asked' ? 'Take back…' : 'End…'}
        </Button>
      )}
      {task.error !== undefined && (
        <Banner tone="danger" testId="holder-error">
          {task.error}
        </Banner>
      )}
    </>
  );
};
