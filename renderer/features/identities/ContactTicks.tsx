import type { Contact } from '../../../shared/contact';
import type { ContactId } from '../../../shared/ids';
import { StandingBadge } from '../../parts/standing/StandingBadge';
import { namesIn } from '../../queries/use-contacts';
import { personName } from '../../words/address-text';
import styles from './identities.module.css';

export type ContactTicksProps = {
  readonly contacts: readonly Contact[];
  readonly told: ReadonlySet<ContactId>;
  readonly onChange: (told: ReadonlySet<ContactId>) => void;
};

/** Which contacts are meant: none at first, because each one is told something for ever. */
export const ContactTicks = ({ contacts, told, onChange }: ContactTicksProps) => {
  const nameOf = namesIn(contacts);
  const toggle = (id: ContactId) =>
    onChange(told.has(id) ? new Set([...told].filter((one) => one !== id)) : new Set([...told, id]));
  const all = contacts.length > 0 && told.size === contacts.length;
  if (contacts.length === 0) return <p className={styles.soft}>This identity has no contacts whom you could tell.</p>;
  return (
    <fieldset className={styles.ticks}>
      <legend>Whom do you tell?</legend>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={all}
          onChange={() => onChange(all ? new Set() : new Set(contacts.map(({ id }) => id)))}
          data-testid="move-all"
        />
        <span className={styles.soft}>Everybody</span>
      </label>
      <div className={styles.ticked}>
        {contacts.map((contact) => (
          <label key={contact.id} className={styles.tick} title={contact.address}>
            <input
              type="checkbox"
              checked={told.has(contact.id)}
              onChange={() => toggle(contact.id)}
              data-testid="move-contact"
              data-address={contact.address}
            />
            <span className={styles.tickName}>{personName(contact)}</span>
            <StandingBadge standing={contact.standing} nameOf={nameOf} />
          </label>
        ))}
      </div>
    </fieldset>
  );
};
