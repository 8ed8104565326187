import type { IdentityId } from '../../../shared/ids';
import type { MessageSummary } from '../../../shared/message';
import type { Picking } from '../../state/picker';

/** The identities that messages belong to, each once. */
export const identitiesOf = (messages: readonly MessageSummary[]): readonly IdentityId[] => [
  ...new Set(messages.map(({ identityId }) => identityId)),
];

const pickedFor = (picking: Picking): readonly IdentityId[] => {
  if (picking.kind === 'change-tags') return [picking.identityId];
  if (picking.kind === 'move-mailbox') return [picking.mailbox.identityId];
  return identitiesOf(picking.kind === 'tag' ? picking.messages : picking.rows.flatMap((row) => row.messages));
};

/** Whose mailboxes or tags are chosen from; undefined when the messages belong to several identities. */
export const ownerOf = (picking: Picking | undefined): IdentityId | undefined => {
  const [only, ...others] = picking ? pickedFor(picking) : [];
  return others.length === 0 ? only : undefined;
};
