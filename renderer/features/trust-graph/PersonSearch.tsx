import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { Icon } from '../../ui/Icon';
import { foundPeople } from './web/found-people';
import { kindWords } from './web/kind-words';
import { KindSign } from './picture/Legend';
import styles from './PersonSearch.module.css';
import type { Person, Web } from './web/web';

/** So many are offered; who has a longer list in mind types another letter. */
const MOST_OFFERED = 8;

export type PersonSearchProps = {
  readonly web: Web;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly offers: boolean;
  readonly onChoose: (at: number) => void;
};

/**
 * Finds somebody by name or address. With `offers` it opens a list below itself; without, the page's own list shows
 * who is found.
 */
export const PersonSearch = ({ web, text, onText, offers, onChoose }: PersonSearchProps) => {
  const id = useId();
  const [on, setOn] = useState(0);
  const found = offers ? foundPeople(web.people, text).slice(0, MOST_OFFERED) : [];
  const change = (next: string) => {
    onText(next);
    setOn(0);
  };
  const choose = (person: Person) => {
    change('');
    onChoose(person.at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const standing = found[on];
    const acts: Readonly<Partial<Record<string, () => void>>> = {
      ArrowDown: () => setOn(Math.min(found.length - 1, on + 1)),
      ArrowUp: () => setOn(Math.max(0, on - 1)),
      ...(standing ? { Enter: () => choose(standing) } : {}),
      ...(text === '' ? {} : { Escape: () => change('') }),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const open = offers && text.trim() !== '';
  return (
    <div className={styles.search}>
      <Icon icon={Search} size={14} />
      <input
        dir="auto"
        type="search"
        role="combobox"
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Find a person"
        aria-label="Find a person"
        aria-expanded={open && found.length > 0}
        aria-controls={open && found.length > 0 ? id : undefined}
        aria-activedescendant={open && found.length > 0 ? `${id}-${String(on)}` : undefined}
        aria-autocomplete="list"
        spellCheck={false}
        data-testid="trust-search"
      />
      {open && <Offers id={id} found={found} on={on} onChoose={choose} />}
    </div>
  );
};

type OffersProps = {
  readonly id: string;
  readonly found: readonly Person[];
  readonly on: number;
  readonly onChoose: (person: Person) => void;
};

const Offers = ({ id, found, on, onChoose }: OffersProps) =>
  found.length === 0 ? (
    <p className={styles.offers} role="status">
      <span className={styles.nobody}>Nobody of that name is in the picture.</span>
    </p>
  ) : (
    <div id={id} role="listbox" aria-label="People" className={styles.offers}>
      {found.map((person, index) => (
        // The field keeps the focus and has the keys.
        <div
          key={person.key}
          id={`${id}-${String(index)}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === on}
          className={styles.offer}
          onMouseDown={() => onChoose(person)}
          data-testid="trust-found"
        >
          <KindSign kind={person.kind} />
          <span className={styles.offerName}>{person.name}</span>
          <span className={styles.offerKind}>{kindWords[person.kind]}</span>
        </div>
      ))}
    </div>
  );
