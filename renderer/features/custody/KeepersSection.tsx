import { Server, UserPlus } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import type { MailHolder } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { PageSection } from '../../parts/PageFrame';
import type { NameOf } from '../../queries/use-contacts';
import { showView } from '../../state/selection';
import { Button } from '../../ui/Button';
import { custodyPageWords as words } from '../../words/custody-page-words';
import { learnersText } from '../../words/custody-words';
import { learners } from './askable';
import { currentRows, overWith } from './current-rows';
import { HolderRow } from './HolderRow';
import type { CustodyDialog } from './custody-dialog';
import styles from './custody.module.css';

export type KeepersSectionProps = {
  readonly identityId: IdentityId;
  readonly holders: readonly MailHolder[];
  readonly contacts: readonly Contact[];
  readonly nameOf: NameOf;
  readonly onShow: (dialog: CustodyDialog) => void;
};

/** Who keeps mail for the user, or was asked to; without anybody, why it is worth asking. */
export const KeepersSection = (props: KeepersSectionProps) => {
  const { identityId, holders, nameOf } = props;
  const keeping = holders.filter(({ state }) => state === 'active');
  return (
    <PageSection title="Who keeps mail for you">
      {holders.length > 0 && (
        <ul className={styles.people} data-testid="holders">
          {currentRows(holders).map((holder) => (
            <HolderRow
              key={holder.agreementId}
              identityId={identityId}
              holder={holder}
              over={overWith(holders, holder.address)}
              name={nameOf(holder.address)}
              isLast={keeping.length === 1 && keeping[0] === holder}
            />
          ))}
        </ul>
      )}
      {keeping.length > 0 && <Learners {...props} />}
      <div className={styles.stack} data-testid={holders.length === 0 ? 'holders-empty' : undefined}>
        {keeping.length === 0 && <p>{words.nobodyKeeps}</p>}
        {keeping.length === 1 && <p className={styles.soft}>{words.oneKeeps}</p>}
        <Ways hasAny={keeping.length > 0} onShow={props.onShow} />
      </div>
    </PageSection>
  );
};

const Ways = ({ hasAny, onShow }: { readonly hasAny: boolean; readonly onShow: KeepersSectionProps['onShow'] }) => (
  <div className={styles.buttons}>
    <Button
      tone={hasAny ? 'secondary' : 'primary'}
      icon={UserPlus}
      onClick={() => onShow('ask')}
      data-testid="ask-contact"
    >
      {words.ask}
    </Button>
    <Button icon={Server} onClick={() => onShow('own-machine')} data-testid="use-own-machine">
      {words.ownMachine}
    </Button>
  </div>
);

const Learners = ({ contacts, holders }: KeepersSectionProps) => {
  const counts = learners(contacts, holders);
  return (
    <div className={styles.line}>
      <p className={styles.soft} data-testid="holder-learners">
        {learnersText(counts)}
      </p>
      {counts.all > 0 && (
        <Button tone="quiet" onClick={() => showView('contacts')} data-testid="choose-learners">
          Choose in contacts
        </Button>
      )}
    </div>
  );
};
