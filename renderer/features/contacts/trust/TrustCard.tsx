import { Fingerprint, Handshake, ScanLine, Undo2 } from 'lucide-react';
import type { Contact } from '../../../../shared/contact';
import { takeBackVerification } from '../../../actions/contacts/certify-contact';
import { StandingBadge } from '../../../parts/standing/StandingBadge';
import { StandingPath } from '../../../parts/standing/StandingPath';
import type { NameOf } from '../../../queries/use-contacts';
import { openScan } from '../../../state/card-dialogs';
import { askToConfirm } from '../../../state/questions/confirmation';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { personName } from '../../../words/address-text';
import { dayText } from '../../../words/date-text';
import { isTroubled, isVerified, standingWords } from '../../../words/standing-words';
import type { TrustDialog } from './contact-shapes';
import styles from '../ContactsPage.module.css';
import { IntroducerSwitch } from './IntroducerSwitch';
import { verificationLine } from './trust-lines';

export type TrustCardProps = {
  readonly contact: Contact;
  readonly nameOf: NameOf;
  readonly onShow: (dialog: TrustDialog) => void;
};

/** What a contact's key is worth, why, and everything the user can do about it. */
export const TrustCard = ({ contact, nameOf, onShow }: TrustCardProps) => (
  <section className={styles.card} aria-label="Trust" data-testid="trust-card">
    <div className={styles.keyHead}>
      <h3 className={styles.caption}>Trust</h3>
      <StandingBadge standing={contact.standing} nameOf={nameOf} testId="contact-standing" />
    </div>
    <Why contact={contact} nameOf={nameOf} />
    <div className={styles.actions}>
      {isVerified(contact.standing) ? (
        <VerifiedActions contact={contact} onShow={onShow} />
      ) : (
        <VerifyActions contact={contact} onShow={onShow} />
      )}
    </div>
    <IntroducerSwitch contact={contact} onShow={onShow} />
  </section>
);

const Why = ({ contact, nameOf }: Omit<TrustCardProps, 'onShow'>) => {
  const { standing, verification } = contact;
  // What is wrong stands in the banner above.
  if (isTroubled(standing))
    return verification === undefined ? null : (
      <p className={styles.soft}>You had made sure of them on {dayText(verification.at)}.</p>
    );
  const { sentence, advice } = standingWords(standing, nameOf);
  return (
    <div className={styles.why}>
      <p data-testid="standing-sentence">{sentence}</p>
      {standing.kind === 'introduced' && <StandingPath path={standing.path} to={contact.address} nameOf={nameOf} />}
      <p className={styles.soft}>{advice}</p>
      {verification !== undefined && isVerified(standing) && (
        <p className={styles.faint}>{verificationLine(verification)}</p>
      )}
    </div>
  );
};

type ActionsProps = Omit<TrustCardProps, 'nameOf'>;

const VerifyActions = ({ contact, onShow }: ActionsProps) => {
  const again = contact.standing.kind === 'changed' || contact.standing.kind === 'mismatch';
  const dead = contact.standing.kind === 'expired' || contact.standing.kind === 'revoked';
  return (
    <>
      {!again && (
        <Button
          icon={ScanLine}
          onClick={() => openScan({ identityId: contact.identityId, expected: contact.id })}
          data-testid="contact-scan"
        >
          Scan their code
        </Button>
      )}
      <Button
        icon={Fingerprint}
        disabled={contact.fingerprint === undefined || dead}
        onClick={() => onShow('compare')}
        data-testid="contact-compare"
      >
        Compare fingerprint…
      </Button>
      {contact.verification !== undefined && <TakeBack contact={contact} />}
    </>
  );
};

const VerifiedActions = ({ contact, onShow }: ActionsProps) => (
  <>
    <Button
      icon={Handshake}
      disabled={contact.standing.kind !== 'verified'}
      onClick={() => onShow('introduce')}
      data-testid="contact-introduce"
    >
      Introduce to…
    </Button>
    {contact.standing.kind === 'verified' && (
      <Button icon={Fingerprint} onClick={() => onShow('compare')} data-testid="contact-compare">
        Compare again…
      </Button>
    )}
    <TakeBack contact={contact} />
  </>
);

const TakeBack = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  const ask = () =>
    askToConfirm({
      title: `Take back that you verified ${personName(contact)}?`,
      text: `Your certification of their key is revoked${contact.verification?.shared === true ? ', and others learn of it' : ''}.${
        contact.introducer === undefined
          ? ''
          : ' They introduce nobody to you any more: whoever counted only through them counts as not verified.'
      } You can still write to each other, and verify them again.`,
      confirm: 'Take back',
      tone: 'danger',
      run: () => void takeBackVerification(services, contact),
    });
  return (
    <Button tone="quiet" icon={Undo2} onClick={ask} data-testid="contact-take-back">
      Take back…
    </Button>
  );
};
