import {
  Archive,
  Clock,
  CloudAlert,
  FileText,
  Folder as FolderIcon,
  Inbox,
  SearchX,
  Send,
  Trash2,
  UserRoundPlus,
} from 'lucide-react';
import { startMessage } from '../../actions/compose/start-message';
import { copyText } from '../../actions/window/copy-text';
import { useCurrentIdentity } from '../../queries/use-identities';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import type { IconType } from '../../ui/Icon';
import type { MailboxRef } from '../../../shared/mailbox';
import type { Folder } from '../../../shared/message';
import { isSpecial } from '../../words/folder-words';

const WHAT_TO_TRY =
  'Search looks into people, subjects, texts and names of files. Try fewer words, or from:name, subject:word, has:attachment, is:unread, before:2026-11-30.';

type Words = {
  readonly icon: IconType;
  readonly title: string;
  readonly text: string;
  readonly next?: 'write' | 'share';
};

const words: Readonly<Record<Folder, Words>> = {
  inbox: {
    icon: Inbox,
    title: 'No mail yet',
    text: 'Give somebody your address, or write to them first: mail from people you know arrives here.',
    next: 'share',
  },
  requests: {
    icon: UserRoundPlus,
    title: 'No requests',
    text: 'The first message of somebody you do not know waits here until you accept or block them.',
    next: 'share',
  },
  drafts: {
    icon: FileText,
    title: 'No drafts',
    text: 'What you write is kept here by itself until you send it.',
    next: 'write',
  },
  outbox: {
    icon: Clock,
    title: 'Nothing on its way',
    text: 'Mail waits here until the recipient’s computer has stored it. It tries by itself for 14 days.',
    next: 'write',
  },
  sent: { icon: Send, title: 'Nothing sent yet', text: 'Mail that has been delivered is kept here.', next: 'write' },
  archive: {
    icon: Archive,
    title: 'The archive is empty',
    text: 'Archive what you are done with (E): it leaves the Inbox and can always be found again.',
  },
  trash: { icon: Trash2, title: 'The trash is empty', text: 'Deleted mail stays here until you delete it for good.' },
};

const OWN: Words = {
  icon: FolderIcon,
  title: 'This folder is empty',
  text: 'Move mail here with V, or drag it onto the folder.',
};

/** What stands in a folder without mail: what it is for and what to do next. */
export const EmptyFolder = ({ folder }: { readonly folder: MailboxRef }) => {
  const services = useServices();
  const identity = useCurrentIdentity();
  const { icon, title, text, next } = isSpecial(folder) ? words[folder] : OWN;
  const share = identity && (
    <Button onClick={() => void copyText(services, { text: identity.address, said: 'Your address is copied' })}>
      Copy my address
    </Button>
  );
  const write = <Button onClick={startMessage}>Write a message</Button>;
  const action = next === 'share' ? share : next === 'write' ? write : undefined;
  return <EmptyState icon={icon} title={title} text={text} action={action} testId="empty-folder" />;
};

/** What stands in the list of all inboxes while none has mail. */
export const EmptyInboxes = () => (
  <EmptyState
    icon={Inbox}
    title="No mail in any Inbox"
    text="What arrives for any of your identities is shown here, each message with the name of its identity."
    testId="empty-folder"
  />
);

/** What stands in a folder that could not be read. */
export const UnreadFolder = ({ onRetry }: { readonly onRetry: () => void }) => (
  <EmptyState
    icon={CloudAlert}
    title="This folder could not be read"
    text="Your mail is still there. Posthorn’s mail service may be restarting."
    action={<Button onClick={onRetry}>Try again</Button>}
    testId="unread-folder"
  />
);

/** What stands in a search without results. */
export const NothingFound = ({ failed }: { readonly failed: boolean }) => (
  <EmptyState
    icon={SearchX}
    title={failed ? 'The search failed' : 'Nothing found'}
    text={failed ? 'Your mail is as it was. Try once more in a moment.' : WHAT_TO_TRY}
    testId="nothing-found"
  />
);
