import type { MessageSummary } from '../../../../shared/message';

/** What was written, found by its words. */
export type MessageSearch = {
  find(o: { text: string; limit: number }): MessageSummary[];
};
