import { KeyRound, ScanLine } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import type { Standing } from '../../../shared/trust';
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
          <AcceptKey contact={contact} words={acceptWords(standing)} />
        </div>
      )}
    </Banner>
  );
};

type Doubtful = Extract<Standing, { kind: 'changed' | 'mismatch' }>;
type AcceptWords = { readonly title: string; readonly text: string; readonly isSafe: boolean };

const anew = 'Nothing but their onion vouches for it: they count as not verified until you scan their code again.';

/** What accepting the key that their onion vouches for means. */
const acceptWords = (standing: Doubtful): AcceptWords => {
  if (standing.kind === 'mismatch')
    return {
      title: 'Accept the key of their onion for',
      text: `Mail to them is sealed to it from now on, and what waits in the Outbox goes. The code that you scanned names another key, and is forgotten. ${anew}`,
      isSafe: false,
    };
  const { continuity } = standing;
  const why = continuity ? 'Because the key before signs for it, what you verified holds for it too.' : anew;
  return {
    title: 'Accept the new key of',
    text: `Mail to them is sealed to it from now on. ${why}`,
    isSafe: continuity,
  };
};

const AcceptKey = ({ contact, words }: { readonly contact: Contact; readonly words: AcceptWords }) => {
  const services = useServices();
  const name = personName(contact);
  const ask = () =>
    askToConfirm({
      title: `${words.title} ${name}?`,
      text: words.text,
      confirm: 'Accept key',
      tone: words.isSafe ? 'primary' : 'danger',
      run: () => void acceptKey(services, contact),
    });
  return (
    <Button icon={KeyRound} onClick={ask} data-testid="accept-key">
      Accept key…
    </Button>
  );
};
