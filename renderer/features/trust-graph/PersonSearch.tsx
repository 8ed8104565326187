import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { SearchField } from '../../ui/fields/SearchField';
import { SuggestionList, suggestionId, SuggestionName, SuggestionNote } from '../../ui/fields/SuggestionList';
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
  const people = offers ? foundPeople(web.people, text).slice(0, MOST_OFFERED) : [];
  // A key of a person is no part of an id.
  const found = people.map((person, index) => ({ id: String(index), person }));
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
      ...(standing ? { Enter: () => choose(standing.person) } : {}),
      ...(text === '' ? {} : { Escape: () => change('') }),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const open = offers && text.trim() !== '';
  const chosen = open ? found[on] : undefined;
  return (
    <SearchField
      className={styles.search}
      role="combobox"
      value={text}
      onChange={(event) => change(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder="Find a person"
      aria-label="Find a person"
      aria-expanded={chosen !== undefined}
      aria-controls={chosen && id}
      aria-activedescendant={chosen && suggestionId(id, chosen)}
      aria-autocomplete="list"
      data-testid="trust-search"
    >
      {open && <Offers id={id} found={found} chosen={chosen} onChoose={choose} />}
    </SearchField>
  );
};

type Offer = { readonly id: string; readonly person: Person };
type OffersProps = {
  readonly id: string;
  readonly found: readonly Offer[];
  readonly chosen: Offer | undefined;
  readonly onChoose: (person: Person) => void;
};

const Offers = ({ id, found, chosen, onChoose }: OffersProps) =>
  found.length === 0 ? (
    <p className={styles.nobody} role="status">
      Nobody of that name is in the picture.
    </p>
  ) : (
    <SuggestionList
      id={id}
      label="People"
      suggestions={found}
      chosen={chosen}
      onTake={({ person }) => onChoose(person)}
      className={styles.offers}
      testId="trust-found"
    >
      {({ person }) => (
        <>
          <KindSign kind={person.kind} />
          <SuggestionName>{person.name}</SuggestionName>
          <SuggestionNote>{kindWords[person.kind]}</SuggestionNote>
        </>
      )}
    </SuggestionList>
  );
