import type { Keyword, MessageId } from '../../../../shared/ids';
import type { Tag } from '../../../../shared/mailbox';

/** Keywords of messages, and those among them that have a name and a colour. */
export type Tags = {
  /** In the person's order. */
  all(): Tag[];
  /** Throws `mailbox-exists` for the name of another tag; a tag of this keyword is changed. */
  put(tag: Tag): void;
  /**
   * Takes the keyword off some messages, and removes the tag when none has it any more. Answers whether any is left
   * that has it: a commit that changed thousands would hold everything up.
   */
  removeSome(keyword: Keyword): boolean;
  /** Throws `message-unknown`, and `too-many` for more keywords than a message may have; then nothing was changed. */
  setKeywords(o: {
    readonly messageIds: readonly MessageId[];
    readonly add: readonly Keyword[];
    readonly remove: readonly Keyword[];
  }): void;
};
