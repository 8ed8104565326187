import type { MessageSummary } from '../../../shared/message';
import type { Bulk } from '../../state/lists/bulk';
import { showBulk } from '../../state/lists/bulk';
import { tryOrTell } from '../window/try-or-tell';
import type { MessageGroup } from './group-by-identity';
import { groupByIdentity } from './group-by-identity';

/** Messages of one call: the core changes them in one transaction, and does everything else in between. */
const STEP = 200;

type Work = {
  readonly messages: readonly MessageSummary[];
  /** As «Moving to Archive». */
  readonly doing: string;
  readonly change: (group: MessageGroup) => unknown;
};

const stepsOf = (messages: readonly MessageSummary[]): MessageGroup[] =>
  groupByIdentity(messages).flatMap(({ identityId, messageIds }) =>
    Array.from({ length: Math.ceil(messageIds.length / STEP) }, (_, at) => ({
      identityId,
      messageIds: messageIds.slice(at * STEP, (at + 1) * STEP),
    })),
  );

/**
 * Changes messages step by step. Of more than one step it shows how far it is, and can be stopped.
 * @returns those that were changed: not all when the person stopped it, or a step failed, which is told
 */
export const inSteps = async ({ messages, doing, change }: Work): Promise<readonly MessageSummary[]> => {
  const steps = stepsOf(messages);
  const changed = new Set<string>();
  const stopping = new AbortController();
  let shown: Bulk | undefined;
  const show = (now: Bulk | undefined) => {
    showBulk(shown, now);
    shown = now;
  };
  for (const step of steps) {
    const stop = () => stopping.abort();
    if (steps.length > 1) show({ doing, done: changed.size, all: messages.length, stop });
    const isDone = await tryOrTell(async () => {
      await change(step);
      return true;
    });
    if (isDone) for (const id of step.messageIds) changed.add(id);
    if (!isDone || stopping.signal.aborted) break;
  }
  show(undefined);
  return changed.size === messages.length ? messages : messages.filter(({ id }) => changed.has(id));
};
