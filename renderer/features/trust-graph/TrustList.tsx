import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { kindWords, pathLine, vouchersText } from './web/kind-words';
import { KindSign } from './picture/Legend';
import { keyVerb } from './list-keys';
import styles from './TrustList.module.css';
import type { Person, Web } from './web/web';

const ROW_HEIGHT = 36;
const HEADER_HEIGHT = 32;

export type TrustListProps = {
  readonly web: Web;
  readonly people: readonly Person[];
  readonly chosen: number | undefined;
  readonly onChoose: (at: number | undefined) => void;
  readonly onOpen: () => void;
};

/**
 * The picture in words, one person a row: what their key is worth, who vouches for them, and the way from the user to
 * them.
 */
export const TrustList = ({ web, people, chosen, onChoose, onOpen }: TrustListProps) => {
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollMargin: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
  });
  const chosenAt = people.findIndex(({ at }) => at === chosen);
  useEffect(() => {
    if (chosenAt >= 0) virtualizer.scrollToIndex(chosenAt);
  }, [chosenAt, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2);
    const act = keyVerb(event.key, { from: chosenAt, count: people.length, page });
    if (act === undefined) return;
    event.preventDefault();
    if (act === 'open') onOpen();
    else onChoose(act === 'leave' ? undefined : people[act]?.at);
  };
  return (
    <div
      ref={scroll}
      role="grid"
      tabIndex={0}
      aria-label="Who vouches for whom"
      aria-rowcount={people.length + 1}
      aria-colcount={4}
      aria-activedescendant={chosenAt >= 0 ? `${id}-${String(chosen)}` : undefined}
      className={styles.list}
      onKeyDown={onKeyDown}
      data-pane-focus
      data-testid="trust-list"
    >
      <Header />
      <div role="rowgroup" className={styles.sizer} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const person = people[index];
          return person ? (
            <Row
              key={person.at}
              id={`${id}-${String(person.at)}`}
              web={web}
              person={person}
              index={index}
              top={start - HEADER_HEIGHT}
              current={person.at === chosen}
              onChoose={onChoose}
            />
          ) : null;
        })}
      </div>
    </div>
  );
};

const Header = () => (
  <div role="row" aria-rowindex={1} className={styles.header}>
    {['Person', 'Standing', 'Vouched for by', 'Way from you'].map((title) => (
      <span key={title} role="columnheader">
        {title}
      </span>
    ))}
  </div>
);

type RowProps = Pick<TrustListProps, 'web' | 'onChoose'> & {
  readonly id: string;
  readonly person: Person;
  readonly index: number;
  readonly top: number;
  readonly current: boolean;
};

const Row = ({ id, web, person, index, top, current, onChoose }: RowProps) => (
  // The keys are those of the grid that holds the rows; the linter has no way to see that.
  <div
    id={id}
    role="row"
    tabIndex={-1}
    aria-rowindex={index + 2}
    aria-selected={current}
    className={styles.row}
    style={{ top }}
    onMouseDown={() => onChoose(person.at)}
    data-testid="trust-row"
  >
    <span role="gridcell" className={styles.name} title={person.address}>
      {person.name}
    </span>
    <span role="gridcell" className={styles.standing}>
      <KindSign kind={person.kind} />
      <span className={styles.cut}>{kindWords[person.kind]}</span>
    </span>
    <span role="gridcell" className={styles.cut}>
      {person.at === 0 ? '' : vouchersText(web, person.at)}
    </span>
    <span role="gridcell" className={styles.cut} title={pathLine(web, person.at)}>
      {person.at === 0 ? '' : pathLine(web, person.at)}
    </span>
  </div>
);
