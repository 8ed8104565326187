import { Check, Folder as FolderIcon, Plus, Tag as TagIcon } from 'lucide-react';
import { foldText } from '../../../shared/text/text-folding';
import { moveMailbox } from '../../actions/mailboxes/change-mailboxes';
import { allHave, createTag, toggleTag } from '../../actions/mailboxes/tag-messages';
import { moveRows } from '../../actions/messages/act-on-rows';
import { canMove } from '../../actions/messages/move-messages';
import type { MailboxSummary, Tag } from '../../../shared/mailbox';
import { useMailboxesOf, useTagsOf } from '../../state/mailboxes';
import { usePicker } from '../../state/picker';
import type { Picking } from '../../state/picker';
import { useSelection } from '../../state/selection';
import type { Services } from '../../state/services';
import { useServices } from '../../state/services';
import type { IconType } from '../../ui/Icon';
import { mailboxPath } from '../../words/folder-words';
import { folderIcons } from './folder-icons';
import { stableColour } from '../../ui/stable-colour';

export type Choice = {
  readonly key: string;
  readonly label: string;
  readonly icon: IconType;
  readonly colour?: string;
  readonly run: () => void;
};

const iconOf = ({ specialUse }: MailboxSummary): IconType => (specialUse ? folderIcons[specialUse] : FolderIcon);

const takesMail = ({ specialUse }: MailboxSummary): boolean =>
  specialUse !== 'requests' && specialUse !== 'drafts' && specialUse !== 'outbox';

type Of<Kind extends Picking['kind']> = Extract<Picking, { kind: Kind }>;

const places = (services: Services, { rows }: Of<'move-rows'>, all: readonly MailboxSummary[]): Choice[] => {
  const messages = rows.flatMap((row) => row.messages);
  return all
    .filter((mailbox) => takesMail(mailbox) && messages.some((message) => canMove(message, mailbox.id)))
    .map((mailbox) => ({
      key: mailbox.id,
      label: mailboxPath(all, mailbox),
      icon: iconOf(mailbox),
      run: () => void moveRows(services, mailbox.specialUse ?? mailbox.id, rows),
    }));
};

const isIn = (all: readonly MailboxSummary[], mailbox: MailboxSummary | undefined, id: MailboxSummary['id']): boolean =>
  mailbox !== undefined &&
  (mailbox.id === id ||
    isIn(
      all,
      all.find((one) => one.id === mailbox.parentId),
      id,
    ));

const parents = (services: Services, { mailbox }: Of<'move-mailbox'>, all: readonly MailboxSummary[]): Choice[] => [
  {
    key: 'top',
    label: 'No folder: the top',
    icon: FolderIcon,
    run: () => void moveMailbox(services, mailbox, undefined),
  },
  ...all
    .filter((one) => one.specialUse === undefined || one.specialUse === 'inbox' || one.specialUse === 'archive')
    .filter((one) => !isIn(all, one, mailbox.id))
    .map((one) => ({
      key: one.id,
      label: mailboxPath(all, one),
      icon: iconOf(one),
      run: () => void moveMailbox(services, mailbox, one.id),
    })),
];

const tagChoices = (services: Services, { messages }: Of<'tag'>, tags: readonly Tag[]): Choice[] =>
  tags.map(({ keyword, name, colour }) => ({
    key: keyword,
    label: name,
    icon: allHave(messages, keyword) ? Check : TagIcon,
    colour,
    run: () => void toggleTag(services, messages, keyword),
  }));

/** What can be chosen, of what fits the typed text; a tag of another name can be made. */
export const usePickerChoices = (typed: string): readonly Choice[] => {
  const services = useServices();
  const picking = usePicker((picker) => picker.picking);
  const identityId = useSelection((selection) => selection.identityId);
  const mailboxes = useMailboxesOf(identityId);
  const tags = useTagsOf(identityId);
  const wanted = foldText(typed.trim());
  const fits = ({ label }: Choice): boolean => foldText(label).includes(wanted);
  if (picking?.kind === 'move-rows') return places(services, picking, mailboxes).filter(fits);
  if (picking?.kind === 'move-mailbox') return parents(services, picking, mailboxes).filter(fits);
  if (picking?.kind !== 'tag' || !identityId) return [];
  const name = typed.trim();
  const isNew = name !== '' && !tags.some((tag) => foldText(tag.name) === wanted);
  const { messages } = picking;
  const make = () => void createTag(services, { identityId, name, colour: stableColour(name) }, messages);
  return [
    ...tagChoices(services, picking, tags).filter(fits),
    ...(isNew ? [{ key: 'new', label: `New tag «${name}»`, icon: Plus, run: make }] : []),
  ];
};
