import { Pencil, Tag as TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { deleteTag } from '../../actions/mailboxes/change-tags';
import type { IdentityId, Keyword } from '../../../shared/ids';
import type { Tag } from '../../../shared/mailbox';
import { isolated } from '../../../shared/text/text-direction';
import { useTagsOf } from '../../state/mailboxes';
import { useServices } from '../../state/services';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import styles from './Picker.module.css';
import { TagForm } from './TagForm';

/** The tags of an identity, to rename, colour and delete. */
export const TagList = ({ identityId }: { readonly identityId: IdentityId }) => {
  const tags = useTagsOf(identityId);
  const [editing, setEditing] = useState<Keyword>();
  if (tags.length === 0) return <p className={styles.none}>There are no tags. T on a message makes one.</p>;
  return (
    <ul className={styles.list} data-testid="tag-list">
      {tags.map((tag) => (
        <li key={tag.keyword}>
          {tag.keyword === editing ? (
            <TagForm identityId={identityId} tag={tag} onEnd={() => setEditing(undefined)} />
          ) : (
            <TagLine identityId={identityId} tag={tag} onEdit={() => setEditing(tag.keyword)} />
          )}
        </li>
      ))}
    </ul>
  );
};

type TagLineProps = { readonly identityId: IdentityId; readonly tag: Tag; readonly onEdit: () => void };

const TagLine = ({ identityId, tag, onEdit }: TagLineProps) => {
  const services = useServices();
  return (
    <div className={styles.choice} data-testid="tag-line">
      <span className={styles.icon} data-colour={tag.colour}>
        <Icon icon={TagIcon} size={16} />
      </span>
      <span className={styles.name}>{isolated(tag.name)}</span>
      <IconButton icon={Pencil} label={`Change ${tag.name}`} size="small" data-testid="tag-change" onClick={onEdit} />
      <IconButton
        icon={Trash2}
        label={`Delete ${tag.name}`}
        size="small"
        data-testid="tag-delete"
        onClick={() => deleteTag(services, { identityId, tag })}
      />
    </div>
  );
};
