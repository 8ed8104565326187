import { PosthornError } from '../../../shared/errors';
import type { Identity } from '../../../shared/identity';
import { MessageId } from '../../../shared/ids';
import type { MessageDetail } from '../../../shared/message';
import { chooseIdentity } from './choose-identity';
import type { CommandContext } from '../commands/command';
import { UsageError } from '../commands/command';

/**
 * Opens a message by its id, in the identity named with `--identity` or else in any.
 * @throws UsageError for what is not an id; PosthornError `message-unknown`
 */
export async function findMessage(
  context: CommandContext,
  text: string | undefined,
): Promise<{ identity: Identity; detail: MessageDetail }> {
  const messageId = MessageId.safeParse(text);
  if (!messageId.success) throw new UsageError('A message is named by the id that `posthorn list` shows.');
  const identities =
    context.identity === undefined ? await context.core.call('identities.list', {}) : [await chooseIdentity(context)];
  for (const identity of identities) {
    const detail = await context.core
      .call('messages.read', { identityId: identity.id, messageId: messageId.data })
      .catch(absent);
    if (detail !== undefined) return { identity, detail };
  }
  throw new PosthornError('message-unknown', 'There is no message with this id.');
}

function absent(error: unknown): undefined {
  if (error instanceof PosthornError && error.code === 'message-unknown') return undefined;
  throw error;
}
