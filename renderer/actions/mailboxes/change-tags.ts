import type { IdentityId } from '../../../shared/ids';
import type { Tag } from '../../../shared/mailbox';
import { isolated } from '../../../shared/text/text-direction';
import { askToConfirm } from '../../state/questions/confirmation';
import type { Services } from '../../state/services';
import { tryOrTell } from '../window/try-or-tell';

type OwnTag = { readonly identityId: IdentityId; readonly tag: Tag };

/** Gives a tag this name and colour, on all messages that have it. Answers whether it has them now. */
export const changeTag = async ({ core }: Services, { identityId, tag }: OwnTag): Promise<boolean> =>
  (await tryOrTell(() => core.call('tags.update', { identityId, ...tag }))) !== undefined;

/** Deletes a tag, after a question: the messages stay. */
export const deleteTag = ({ core }: Services, { identityId, tag: { keyword, name } }: OwnTag): void =>
  askToConfirm({
    title: `Delete the tag ${isolated(name)}?`,
    text: 'It is taken off all messages that have it. The messages stay where they are.',
    confirm: 'Delete tag',
    tone: 'danger',
    run: () => void tryOrTell(() => core.call('tags.delete', { identityId, keyword })),
  });
