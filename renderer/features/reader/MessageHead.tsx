import { ChevronDown, ChevronUp, Ellipsis, Reply } from 'lucide-react';
import { replyTo } from '../../actions/compose/answer-message';
import type { MessageSummary } from '../../../shared/message';
import type { ContactOf, NameOf } from '../../queries/use-contacts';
import { TagChips } from '../../parts/TagChips';
import { Avatar } from '../../ui/Avatar';
import { Icon } from '../../ui/Icon';
import { IconButton } from '../../ui/IconButton';
import { Menu } from '../../ui/menus/Menu';
import type { MenuEntry } from '../../ui/menus/menu-entry';
import { senderName, shortOnion } from '../../words/address-text';
import { fullDate, headDate } from '../../words/date-text';
import styles from './MessageCard.module.css';
import { TrustBadge } from './sender/TrustBadge';

export type MessageHeadProps = {
  readonly message: MessageSummary;
  readonly nameOf: NameOf;
  readonly contactOf: ContactOf;
  readonly now: number;
  readonly detailed: boolean;
  readonly onDetails: () => void;
  readonly onFold: (() => void) | undefined;
  readonly menu: readonly MenuEntry[];
};

const recipients = ({ to, cc }: MessageSummary, nameOf: NameOf): string => {
  const names = [...to, ...cc].map(nameOf);
  const shown = names.slice(0, 3).join(', ');
  return names.length > 3 ? `${shown} and ${String(names.length - 3)} more` : shown || 'nobody';
};

/** Who wrote a message, to whom and when, and whether that is proved. */
export const MessageHead = ({
  message,
  nameOf,
  contactOf,
  now,
  detailed,
  onDetails,
  onFold,
  menu,
}: MessageHeadProps) => (
  <header className={styles.head}>
    <Avatar name={senderName(message, nameOf)} seed={message.from} size="large" />
    <div className={styles.people}>
      <div className={styles.from}>
        <span className={styles.name} data-testid="message-from" data-hits="people">
          {senderName(message, nameOf)}
        </span>
        {message.writtenFrom === undefined && (
          <span className={styles.onion} title={message.from}>
            {shortOnion(message.from)}
          </span>
        )}
        <TrustBadge message={message} nameOf={nameOf} contactOf={contactOf} />
        <TagChips messages={[message]} />
      </div>
      <button
        type="button"
        className={styles.to}
        aria-expanded={detailed}
        onClick={onDetails}
        data-testid="show-details"
      >
        <span data-hits="people">to {recipients(message, nameOf)}</span>
        <Icon icon={detailed ? ChevronUp : ChevronDown} size={13} />
      </button>
    </div>
    <div className={styles.right}>
      <time className={styles.date} title={fullDate(message.date)} dateTime={new Date(message.date).toISOString()}>
        {headDate(message.date, now)}
      </time>
      <IconButton icon={Reply} label="Reply" size="small" shortcut="R" onClick={() => void replyTo(message)} />
      <Menu
        align="end"
        trigger={<IconButton icon={Ellipsis} label="More for this message" size="small" data-testid="message-menu" />}
        entries={menu}
      />
      {onFold && <IconButton icon={ChevronUp} label="Fold this message" size="small" onClick={onFold} />}
    </div>
  </header>
);
