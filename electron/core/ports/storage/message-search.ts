import type { MailAddress } from '../../../../shared/ids';
import type { ListPlace, MessageSummary } from '../../../../shared/message';
import type { SavedSearch, SavedSearchId, SearchCount, SearchOrder } from '../../../../shared/search/saved-search';
import type { FileKind } from '../../domain/file-kind';
import type { DateReading } from '../../../../shared/search/search-dates';

/** What was typed, and how its dates are read. */
export type SearchedText = { readonly text: string } & DateReading;

export type FindMessages = SearchedText & {
  /** Newest first when it is absent. */
  readonly order?: SearchOrder;
  /** The last row that was shown, when more are asked for. */
  readonly before?: ListPlace;
  readonly limit: number;
};

/** A file that came with a message, by its row. */
export type UnreadFile = {
  readonly file: number;
  readonly from: MailAddress;
  /** Absent for one that holds no words that can be read: its octets are not looked at. */
  readonly readable?: { readonly kind: FileKind; readonly content: Uint8Array };
};

/** What was written, found by its words, by the names of its people, and by what `parseSearch` knows besides. */
export type MessageSearch = {
  /** Any text is a search, and none throws for what it says. */
  find(o: FindMessages): MessageSummary[];
  /** How many `find` would show, up to a limit. */
  count(o: SearchedText): SearchCount;
  /**
   * Indexes some messages that are not in the index yet, or otherwise than today, and joins conversations that an
   * earlier version left apart; false when none was left. What an earlier version indexed is found meanwhile, as
   * before.
   */
  indexRest(): boolean;
  /** Whether every message is in the index of today. */
  isIndexed(): boolean;
  /** Whether there are files whose words are not known yet. */
  hasUnreadFiles(): boolean;
  /** The one of them that came last; undefined when there is none. */
  unreadFile(): Promise<UnreadFile | undefined>;
  /** What was read of a file, for the index; the file may be gone by then. */
  putFileText(o: { readonly file: number; readonly text: string }): void;
  readonly saved: SavedSearches;
};

/** Searches that are kept by name. Each change is announced. */
export type SavedSearches = {
  /** In the order in which they were saved. */
  all(): SavedSearch[];
  /** Throws `search-unknown` past the number that is kept. */
  add(search: Pick<SavedSearch, 'id' | 'name' | 'text'>): SavedSearch;
  /** Throws `search-unknown`. */
  change(id: SavedSearchId, change: { readonly name?: string; readonly text?: string }): SavedSearch;
  /** Throws `search-unknown`. */
  remove(id: SavedSearchId): void;
};
