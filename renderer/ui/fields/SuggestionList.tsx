import type { ReactNode } from 'react';
import { classNames } from '../class-names';
import styles from './SuggestionList.module.css';

/** One thing that is suggested: `id` is part of the id of its element, so without blanks. */
export type Suggestion = { readonly id: string };

export type SuggestionListProps<Item extends Suggestion> = {
  /** The field's `aria-controls`; its `aria-activedescendant` is `suggestionId` of the chosen one. */
  readonly id: string;
  readonly label: string;
  readonly suggestions: readonly Item[];
  readonly chosen: Item | undefined;
  readonly onTake: (item: Item) => void;
  /** Where the list stands. */
  readonly className?: string | undefined;
  readonly testId: string;
  /** `Name` and `Note` of what is suggested, and what stands before them. */
  readonly children: (item: Item) => ReactNode;
};

/** The id of the element of a suggestion. */
export const suggestionId = (list: string, { id }: Suggestion): string => `${list}-${id}`;

/** What fits the words in a field, below it. The focus stays in the field; the pointer must not take it away. */
export const SuggestionList = <Item extends Suggestion>(props: SuggestionListProps<Item>) => {
  const { id, label, suggestions, chosen, onTake, className, testId, children } = props;
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className={classNames(styles.list, className)}
      hidden={suggestions.length === 0}
    >
      {suggestions.map((item) => (
        <div
          key={item.id}
          id={suggestionId(id, item)}
          role="option"
          tabIndex={-1}
          aria-selected={item === chosen}
          className={styles.suggestion}
          onPointerDown={(event) => {
            event.preventDefault();
            onTake(item);
          }}
          data-testid={testId}
        >
          {children(item)}
        </div>
      ))}
    </div>
  );
};

/** What a suggestion is called. */
export const SuggestionName = ({ children }: { readonly children: ReactNode }) => (
  <span className={styles.name}>{children}</span>
);

/** What is said of a suggestion besides, as far as there is room. */
export const SuggestionNote = ({ children }: { readonly children: ReactNode }) => (
  <span className={styles.note}>{children}</span>
);
