import { isSameLog, type Entry } from '../../domain/lists/entry';
import type { EntryShelf, LogHead } from '../../domain/lists/entry-shelf';

/** A shelf in memory, and a copy of it as a backup is one. */
export class MemoryShelf implements EntryShelf {
  readonly #heads = new Map<string, LogHead>();
  readonly #entries = new Map<string, Entry>();
  readonly #logs = new Map<string, Entry[]>();

  copy(): MemoryShelf {
    const copied = new MemoryShelf();
    for (const entry of this.#entries.values()) copied.#add(entry);
    for (const [name, head] of this.#heads) copied.#heads.set(name, head);
    return copied;
  }

  logs = (): LogHead[] => [...this.#heads.values()];
  log: EntryShelf['log'] = (key) => this.#heads.get(nameOf(key));
  has: EntryShelf['has'] = (id) => this.#entries.has(id);
  at: EntryShelf['at'] = ({ number, ...key }) =>
    (this.#logs.get(nameOf(key)) ?? []).filter((entry) => isSameLog(entry, key) && entry.number === number);
  entries: EntryShelf['entries'] = ({ from, limit, ...key }) =>
    (this.#logs.get(nameOf(key)) ?? []).filter(({ number }) => number >= from).slice(0, limit);
  put: EntryShelf['put'] = ({ entry, head }) => {
    this.#heads.set(nameOf(head), head);
    this.#add(entry);
  };

  #add(entry: Entry): void {
    this.#entries.set(entry.id, entry);
    const log = [...(this.#logs.get(nameOf(entry)) ?? []), entry];
    this.#logs.set(
      nameOf(entry),
      log.sort((one, other) => one.number - other.number),
    );
  }
}

const nameOf = ({ author, install, lane }: { author: string; install: string; lane: string }): string =>
  `${author} ${install} ${lane}`;
