import { Truck } from 'lucide-react';
import type { Contact } from '../../../shared/contact';
import { answerMove } from '../../actions/contacts/answer-move';
import { FullAddress } from '../../parts/FullAddress';
import { askToConfirm } from '../../state/questions/confirmation';
import { chooseContact } from '../../state/contact-page';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { personName } from '../../words/address-text';
import { dayText } from '../../words/date-text';
import { isVerified } from '../../words/standing-words';
import styles from './ContactsPage.module.css';

/** A contact's word that they have moved, and the choice to follow them or not. */
export const MoveBanner = ({ contact }: { readonly contact: Contact }) => {
  const services = useServices();
  if (contact.moveNotice === undefined) return null;
  const name = personName(contact);
  const answer = async (accept: boolean) => {
    const next = await answerMove(services, { contact, accept });
    if (next) chooseContact(next.id);
  };
  const follow = () =>
    askToConfirm({
      title: `Follow ${name} to the new address?`,
      text: `The new address becomes a contact${isVerified(contact.standing) ? ', verified as this one was' : ''}. This one stays in your contacts until you remove it. In doubt, ask them first by another way.`,
      confirm: 'Follow',
      run: () => void answer(true),
    });
  return (
    <Banner icon={Truck} testId="move-banner">
      <strong>{name} says that they have moved</strong>
      <p>
        On {dayText(contact.moveNotice.at)} they gave the address below. The notice is signed by both addresses, the one
        you know and the new one.
      </p>
      <FullAddress address={contact.moveNotice.to} />
      <div className={styles.bannerActions}>
        <Button onClick={() => void answer(false)} data-testid="move-ignore">
          Ignore
        </Button>
        <Button tone="primary" onClick={follow} data-testid="move-follow">
          Follow…
        </Button>
      </div>
    </Banner>
  );
};
