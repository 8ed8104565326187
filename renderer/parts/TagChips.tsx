import type { MessageSummary } from '../../shared/message';
import { useTagsOf } from '../state/mailboxes';
import styles from './TagChips.module.css';

/** The tags of messages, each with its name and colour; keywords without a name are for other programs. */
export const TagChips = ({ messages }: { readonly messages: readonly MessageSummary[] }) => {
  const tags = useTagsOf(messages[0]?.identityId);
  const set = new Set(messages.flatMap(({ keywords = [] }) => keywords));
  const shown = tags.filter(({ keyword }) => set.has(keyword));
  if (shown.length === 0) return null;
  return (
    <span className={styles.chips} data-testid="tags">
      {shown.map(({ keyword, name, colour }) => (
        <span key={keyword} className={styles.chip} data-colour={colour} title={name}>
          {name}
        </span>
      ))}
    </span>
  );
};
