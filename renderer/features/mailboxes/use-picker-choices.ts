import { Check, Folder as FolderIcon, Plus, Tag as TagIcon } from 'lucide-react';
import { foldText } from '../../../shared/text/text-folding';
import { moveMailbox } from '../../actions/mailboxes/change-mailboxes';
import { allHave, createTag, toggleTag } from '../../actions/mailboxes/tag-messages';
import type { TagOf } from '../../actions/mailboxes/tag-messages';
import { moveRows } from '../../actions/messages/act-on-rows';
import { canMove } from '../../actions/messages/move-messages';
import type { MailboxSummary, Tag } from '../../../shared/mailbox';
import type { IdentityId } from '../../../shared/ids';
import { useMailboxes, useMailboxesOf } from '../../state/mailboxes';
import { usePicker } from '../../state/picker';
import type { Picking } from '../../state/picker';
import type { Services } from '../../state/services';
import { useServices } from '../../state/services';
import type { IconType } from '../../ui/Icon';
import { folderName, FOLDERS, mailboxPath } from '../../words/folder-words';
import { identitiesOf, ownerOf } from './picked-owner';
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

const takesMail = ({ specialUse }: Pick<MailboxSummary, 'specialUse'>): boolean =>
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

type Tags = Readonly<Partial<Record<string, readonly Tag[]>>>;

/** The tags that each of these identities has one of the same name of, as the first calls and colours them. */
const commonTags = (
  identityIds: readonly IdentityId[],
  tags: Tags,
): readonly { readonly tag: Tag; readonly of: TagOf }[] => {
  const [first, ...others] = identityIds;
  if (first === undefined) return [];
  return (tags[first] ?? []).flatMap((tag) => {
    const same = others.map((id) => [id, tags[id]?.find(({ name }) => foldText(name) === foldText(tag.name))] as const);
    const of = new Map([[first, tag.keyword]]);
    for (const [id, one] of same) if (one) of.set(id, one.keyword);
    return of.size === identityIds.length ? [{ tag, of }] : [];
  });
};

const tagChoices = (services: Services, { messages }: Of<'tag'>, tags: Tags): Choice[] =>
  commonTags(identitiesOf(messages), tags).map(({ tag: { keyword, name, colour }, of }) => ({
    key: keyword,
    label: name,
    icon: allHave(messages, of) ? Check : TagIcon,
    colour,
    run: () => void toggleTag(services, messages, of),
  }));

/** Where rows of several identities can go: to the mailboxes that everybody has, each to its own. */
const commonPlaces = (services: Services, { rows }: Of<'move-rows'>): Choice[] => {
  const messages = rows.flatMap((row) => row.messages);
  return FOLDERS.filter(
    (folder) => takesMail({ specialUse: folder }) && messages.some((message) => canMove(message, folder)),
  ).map((folder) => ({
    key: folder,
    label: folderName[folder],
    icon: folderIcons[folder],
    run: () => void moveRows(services, folder, rows),
  }));
};

/** What can be chosen, of what fits the typed text; a tag of another name can be made. */
export const usePickerChoices = (typed: string): readonly Choice[] => {
  const services = useServices();
  const picking = usePicker((picker) => picker.picking);
  const owner = ownerOf(picking);
  const mailboxes = useMailboxesOf(owner);
  const tags = useMailboxes((state) => state.tags);
  const wanted = foldText(typed.trim());
  const fits = ({ label }: Choice): boolean => foldText(label).includes(wanted);
  if (picking?.kind === 'move-rows')
    return (owner ? places(services, picking, mailboxes) : commonPlaces(services, picking)).filter(fits);
  if (picking?.kind === 'move-mailbox') return parents(services, picking, mailboxes).filter(fits);
  if (picking?.kind !== 'tag') return [];
  return [...tagChoices(services, picking, tags).filter(fits), ...newTag(services, picking, { owner, tags, typed })];
};

type NewTag = { readonly owner: IdentityId | undefined; readonly tags: Tags; readonly typed: string };

/** A tag is made by its name, for mail of one identity. */
const newTag = (services: Services, { messages }: Of<'tag'>, { owner, tags, typed }: NewTag): Choice[] => {
  const name = typed.trim();
  if (!owner || name === '' || tags[owner]?.some((tag) => foldText(tag.name) === foldText(name))) return [];
  const make = () => void createTag(services, { identityId: owner, name, colour: stableColour(name) }, messages);
  return [{ key: 'new', label: `New tag «${name}»`, icon: Plus, run: make }];
};
