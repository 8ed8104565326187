import type { MessageSummary } from '../../../../shared/message';

/** What was written, found by its words and by the names of its people. */
export type MessageSearch = {
  find(o: { text: string; limit: number }): MessageSummary[];
  /**
   * Indexes some messages that a version before indexed otherwise, and joins conversations that it left apart; false
   * when none was left. They are found meanwhile, as before.
   */
  indexRest(): boolean;
  /** Whether every message is in the index of today. */
  isIndexed(): boolean;
};
