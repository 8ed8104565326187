import { KeyRound, ScanLine } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import { acceptKey } from '../../actions/contacts/certify-contact';
import { standingIcon } from '../../parts/standing/standing-icon';
import type { NameOf } from '../../queries/use-contacts';
import { openScan } from '../../state/card-dialogs';
import { askToConfirm } from '../../state/questions/confirmation';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import { isTroubled, standingWords } from '../../words/standing-words';
import styles from './ContactsPage.module.css';

export type StandingBannerProps = { readonly contact: Contact; readonly nameOf: NameOf };

/** What is wrong with a contact's key, why, and the ways out of it. */
export const StandingBanner = ({ contact, nameOf }: StandingBannerProps) => {
  const { standing } = contact;
  if (!isTroubled(standing)) return null;
  const { title, sentence, advice, tone } = standingWords(standing, nameOf);
  return (
    <Banner tone={tone === 'danger' ? 'danger' : 'warning'} icon={standingIcon(standing)} testId="standing-banner">
      <strong>{title}</strong>
      <p data-testid="standing-sentence">{sentence}</p>
      <p>{advice}</p>
      {(standing.kind === 'changed' || standing.kind === 'mismatch') && (
        <div className={styles.bannerActions}>
          <Button
            icon={ScanLine}
            onClick={() => openScan({ identityId: contact.identityId, expected: contact.id })}
            data-testid="scan-again"
          >
            Scan again
          </Button>
          {standing.kind === 'changed' && <AcceptKey contact={contact} continuity={standing.continuity} />}
        </div>
      )}
    </Banner>
  );
};

const AcceptKey = ({ contact, continuity }: { readonly contact: Contact; readonly continuity: boolean }) => {
  const services = useServices();
  const name = personName(contact);
  const ask = () =>
    askToConfirm({
      title: `Accept the new key of ${name}?`,
      text: continuity
        ? 'Mail to them is sealed to it from now on. Because the key before signs for it, what you verified holds for it too.'
        : 'Mail to them is sealed to it from now on. Nothing but their onion vouches for it: they count as not verified until you scan their code again.',
      confirm: 'Accept new key',
      tone: continuity ? 'primary' : 'danger',
      run: () => void acceptKey(services, contact),
    });
  return (
    <Button icon={KeyRound} onClick={ask} data-testid="accept-key">
      Accept new key…
    </Button>
  );
};
