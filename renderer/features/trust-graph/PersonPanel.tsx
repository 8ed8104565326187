import { BookUser, ScanLine, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/contact';
import type { IdentityId } from '../../../shared/ids';
import { StandingBadge } from '../../parts/standing/StandingBadge';
import type { NameOf } from '../../queries/use-contacts';
import { openScan } from '../../state/card-dialogs';
import { showContact } from '../../state/contact-page';
import { Avatar } from '../../ui/Avatar';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { shortAddress } from '../../words/address-text';
import { isVerified, standingWords } from '../../words/standing-words';
import { countText, kindSentence, kindWords, nameAt, pathLine } from './web/kind-words';
import { KindSign } from './picture/Legend';
import styles from './PersonPanel.module.css';
import type { Person, Vouching, Web } from './web/web';

export type PersonPanelProps = {
  readonly web: Web;
  readonly person: Person;
  readonly contact: Contact | undefined;
  readonly identityId: IdentityId;
  readonly nameOf: NameOf;
  readonly onChoose: (at: number) => void;
  readonly onClose: () => void;
};

/**
 * Whoever is chosen: what their key is worth and why, who vouches for them and for whom they vouch, and what can be
 * done.
 */
export const PersonPanel = (props: PersonPanelProps) => {
  const { web, person, onChoose, onClose } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    // Escape closes it from whatever is in it.
    // The panel itself never has the focus.
    <section
      className={styles.panel}
      aria-label={person.at === 0 ? 'You' : person.name}
      onKeyDownCapture={onKeyDown}
      data-testid="trust-person"
    >
      <header className={styles.head}>
        <Avatar name={person.name} seed={person.address} />
        <div className={styles.names}>
          <h2 className={styles.name}>{person.name}</h2>
          <p className={styles.address} title={person.address}>
            {shortAddress(person.address)}
          </p>
        </div>
        <IconButton icon={X} label="Close" size="small" onClick={onClose} data-testid="trust-person-close" />
      </header>
      <Worth {...props} />
      <Actions {...props} />
      <Vouchers
        title="Vouched for by"
        nobody="Nobody else, apart from their own onion."
        web={web}
        vouchings={person.at === 0 ? [] : (web.vouchedBy[person.at] ?? [])}
        placeOf={({ from }) => from}
        onChoose={onChoose}
        testId="trust-vouched-by"
      />
      <Vouchers
        title="Vouches for"
        nobody={
          person.at === 0 ? 'Nobody yet. Scan somebody’s code when you meet.' : 'Nobody, as far as is known here.'
        }
        web={web}
        vouchings={web.vouchesFor[person.at] ?? []}
        placeOf={({ to }) => to}
        onChoose={onChoose}
        testId="trust-vouches-for"
      />
    </section>
  );
};

const Worth = ({ web, person, contact, nameOf }: PersonPanelProps) => {
  const path = person.at === 0 ? '' : pathLine(web, person.at);
  const words = contact && person.at !== 0 ? standingWords(contact.standing, nameOf) : undefined;
  return (
    <div className={styles.worth}>
      {contact && person.at !== 0 ? (
        <span>
          <StandingBadge standing={contact.standing} nameOf={nameOf} testId="trust-person-standing" />
        </span>
      ) : (
        <span className={styles.kind} data-testid="trust-person-standing">
          <KindSign kind={person.kind} />
          {kindWords[person.kind]}
        </span>
      )}
      <p data-testid="trust-person-sentence">{words?.sentence ?? kindSentence(web, person)}</p>
      {words !== undefined && <p className={styles.soft}>{words.advice}</p>}
      {path !== '' && (
        <p className={styles.path} data-testid="trust-person-path">
          {path}
        </p>
      )}
    </div>
  );
};

const Actions = ({ person, contact, identityId }: PersonPanelProps) => {
  if (person.at === 0) return null;
  const toScan = contact === undefined || !isVerified(contact.standing);
  return (
    <div className={styles.actions}>
      {contact && (
        <Button icon={BookUser} onClick={() => showContact(contact.id)} data-testid="trust-open-contact">
          Open contact
        </Button>
      )}
      {toScan && (
        <Button
          icon={ScanLine}
          onClick={() => openScan({ identityId, expected: contact?.id })}
          data-testid="trust-scan"
        >
          Scan their code
        </Button>
      )}
    </div>
  );
};

/** As many as are worth looking through one by one; the list has them all. */
const MOST_SHOWN = 60;

type VouchersProps = {
  readonly title: string;
  readonly nobody: string;
  readonly web: Web;
  readonly vouchings: readonly Vouching[];
  readonly placeOf: (vouching: Vouching) => number;
  readonly onChoose: (at: number) => void;
  readonly testId: string;
};

const Vouchers = ({ title, nobody, web, vouchings, placeOf, onChoose, testId }: VouchersProps) => {
  const shown = [...vouchings]
    .sort((one, other) => Number(other.onPath) - Number(one.onPath) || placeOf(one) - placeOf(other))
    .slice(0, MOST_SHOWN);
  return (
    <div className={styles.group} data-testid={testId}>
      <h3 className={styles.caption}>
        {title}
        {vouchings.length > 0 && <span className={styles.count}>{vouchings.length.toLocaleString()}</span>}
      </h3>
      {vouchings.length === 0 && <p className={styles.soft}>{nobody}</p>}
      <ul>
        {shown.map((vouching) => (
          <VoucherLine
            key={placeOf(vouching)}
            web={web}
            at={placeOf(vouching)}
            vouching={vouching}
            onChoose={onChoose}
          />
        ))}
      </ul>
      {vouchings.length > shown.length && (
        <p className={styles.soft}>and {countText(vouchings.length - shown.length)} more</p>
      )}
    </div>
  );
};

type VoucherLineProps = Pick<VouchersProps, 'web' | 'onChoose'> & { readonly at: number; readonly vouching: Vouching };

const VoucherLine = ({ web, at, vouching, onChoose }: VoucherLineProps) => {
  const notes = [...(vouching.introducer ? ['introducer'] : []), ...(vouching.shared ? [] : ['not shared'])].join(', ');
  return (
    <li>
      <button type="button" className={styles.line} onClick={() => onChoose(at)}>
        <KindSign kind={web.people[at]?.kind ?? 'unbelieved'} />
        <span className={styles.lineName}>{nameAt(web, at)}</span>
        {notes !== '' && <span className={styles.note}>{notes}</span>}
      </button>
    </li>
  );
};
