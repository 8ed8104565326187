import { DeliveryId } from '../../../../shared/ids';
import type { Delivery } from '../../../../shared/message';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { deliveryLine } from '../../lines/show-lines';

/** `posthorn outbox`: what waits to be delivered, with a way to hurry or to stop it. */
export const outbox: Command = {
  usage: ['outbox', 'outbox retry|cancel DELIVERY-ID'],
  summary: 'list deliveries, try one now, cancel one',
  run: async (context) => {
    const [action, id] = context.args;
    const found = action === undefined ? await listAll(context) : await act(context, { action, id });
    context.output.result(found, [found].flat().map(deliveryLine));
    return exitStatus.ok;
  },
};

async function listAll(context: CommandContext): Promise<Delivery[]> {
  const { id: identityId } = await chooseIdentity(context);
  return context.core.call('outbox.list', { identityId });
}

async function act(
  context: CommandContext,
  { action, id }: { action: string; id: string | undefined },
): Promise<Delivery> {
  const deliveryId = DeliveryId.safeParse(id);
  if (!deliveryId.success) throw new UsageError('A delivery is named by the id that `posthorn outbox` shows.');
  const { id: identityId } = await chooseIdentity(context);
  const delivery = { identityId, deliveryId: deliveryId.data };
  if (action === 'retry') return context.core.call('outbox.tryNow', delivery);
  if (action === 'cancel') return context.core.call('outbox.cancel', delivery);
  throw new UsageError('Say what to do: retry or cancel.');
}
