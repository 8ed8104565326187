import { Handshake, UserPlus } from 'lucide-react';
import type { MessageSummary } from '../../../../shared/message';
import { addContact } from '../../../actions/contacts/change-contact';
import { StandingPath } from '../../../parts/standing/StandingPath';
import { useTask } from '../../../parts/use-task';
import type { ContactOf, NameOf } from '../../../queries/use-contacts';
import { useServices } from '../../../state/services';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Popover } from '../../../ui/Popover';
import { shortAddress } from '../../../words/address-text';
import { standingWords } from '../../../words/standing-words';
import styles from '../Reader.module.css';
import { senderStanding } from './sender-standing';

export type IntroducedBannerProps = {
  readonly message: MessageSummary;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
};

/** Why mail of somebody who is no contact is in the inbox: who introduced them. */
export const IntroducedBanner = ({ message, nameOf, contactOf }: IntroducedBannerProps) => {
  const services = useServices();
  const task = useTask();
  const path = message.introducedBy ?? [];
  if (path.length === 0 || contactOf(message.from) !== undefined) return null;
  const standing = senderStanding(message, contactOf);
  const { title, sentence, advice } = standingWords(standing, nameOf);
  const add = () =>
    void task.run(() => addContact(services, { identityId: message.identityId, address: message.from, name: '' }));
  return (
    <div className={styles.banner}>
      <Banner
        icon={Handshake}
        testId="introduced-banner"
        action={
          <>
            <Popover label="How they were introduced" trigger={<Button data-testid="introduced-why">How?</Button>}>
              <div className={styles.how}>
                {standing.kind === 'introduced' && <StandingPath path={path} to={message.from} nameOf={nameOf} />}
                <p>{sentence}</p>
                <p className={styles.soft}>{advice}</p>
              </div>
            </Popover>
            <Button tone="primary" icon={UserPlus} busy={task.busy} onClick={add} data-testid="introduced-add">
              Add to contacts
            </Button>
          </>
        }
      >
        <strong>{title}.</strong> {shortAddress(message.from)} is not among your contacts yet.
        {task.error !== undefined && <p role="alert">{task.error}</p>}
      </Banner>
    </div>
  );
};
