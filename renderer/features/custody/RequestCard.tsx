import { useState } from 'react';
import { answerClient } from '../../actions/custody/answer-client';
import type { Contact } from '../../../shared/contact';
import type { MailClient } from '../../../shared/custody';
import type { IdentityId } from '../../../shared/ids';
import { StandingBadge } from '../../parts/standing/StandingBadge';
import type { NameOf } from '../../queries/use-contacts';
import { useServices } from '../../state/services';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { shortAddress } from '../../words/address-text';
import { custodyPageWords as words } from '../../words/custody-page-words';
import { costsText } from '../../words/custody-words';
import styles from './custody.module.css';
import { Learns } from './Learns';

export type RequestCardProps = {
  readonly identityId: IdentityId;
  readonly client: MailClient;
  readonly contact: Contact | undefined;
  readonly nameOf: NameOf;
};

/** Somebody asks the user to keep their mail: who, what it costs, what can be learned by it, and the two answers. */
export const RequestCard = ({ identityId, client, contact, nameOf }: RequestCardProps) => {
  const services = useServices();
  const [busy, setBusy] = useState(false);
  const name = nameOf(client.address);
  const answer = (accept: boolean) => {
    setBusy(true);
    void answerClient(services, { identityId, client, accept, name }).then(() => setBusy(false));
  };
  return (
    <article
      className={styles.stack}
      aria-label={`${name} asks you to keep their mail`}
      data-testid="keeping-request"
      data-address={client.address}
    >
      <div className={styles.head}>
        <Avatar name={name} seed={client.address} />
        <div className={styles.headline}>
          <h3 className={styles.name}>{name} asks you to keep their mail</h3>
          <p className={styles.faint} title={client.address}>
            {shortAddress(client.address)}
          </p>
        </div>
        {contact !== undefined && <StandingBadge standing={contact.standing} nameOf={nameOf} />}
      </div>
      <p>
        {costsText(client.terms)} {words.requestEnd}
      </p>
      <Learns who="You" owner="them" />
      <div className={styles.buttons}>
        <Button tone="primary" busy={busy} onClick={() => answer(true)} data-testid="request-accept">
          Keep their mail
        </Button>
        <Button disabled={busy} onClick={() => answer(false)} data-testid="request-refuse">
          Not now
        </Button>
      </div>
    </article>
  );
};
