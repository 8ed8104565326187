import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import type { Contact } from '../../../../shared/contact';
import type { NameOf } from '../../../queries/use-contacts';
import { ContactRow } from './ContactRow';
import styles from './ContactList.module.css';

const ROW_HEIGHT = 52;

export type ContactRowsProps = {
  readonly contacts: readonly Contact[];
  readonly chosen: Contact | undefined;
  readonly nameOf: NameOf;
  readonly onChoose: (contact: Contact) => void;
};

/** Where a key leads from a row; undefined for keys that mean nothing here. */
const indexAfter = (
  key: string,
  { from, count, page }: { from: number; count: number; page: number },
): number | undefined => {
  const targets: Readonly<Partial<Record<string, number>>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
};

/** The rows near the screen, in a list box that the keyboard walks; whoever it stands on is shown. */
export const ContactRows = ({ contacts, chosen, nameOf, onChoose }: ContactRowsProps) => {
  const scroll = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: contacts.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const chosenAt = contacts.findIndex((contact) => contact.id === chosen?.id);
  useEffect(() => {
    if (chosenAt >= 0) virtualizer.scrollToIndex(chosenAt);
  }, [chosenAt, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1);
    const next = contacts[indexAfter(event.key, { from: chosenAt, count: contacts.length, page }) ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
  };
  return (
    <div
      ref={scroll}
      role="listbox"
      tabIndex={0}
      aria-label="Contacts"
      aria-activedescendant={chosenAt >= 0 && chosen !== undefined ? `${id}-${chosen.id}` : undefined}
      className={styles.rows}
      onKeyDown={onKeyDown}
      data-testid="contact-rows"
    >
      <div role="presentation" className={styles.sizer} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const contact = contacts[index];
          return contact ? (
            <ContactRow
              key={contact.id}
              id={`${id}-${contact.id}`}
              contact={contact}
              nameOf={nameOf}
              index={index}
              count={contacts.length}
              top={start}
              current={contact.id === chosen?.id}
              onChoose={onChoose}
            />
          ) : null;
        })}
      </div>
    </div>
  );
};
