import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { recipientsIn } from '../../../../shared/address/recipients-in';
import { PosthornError } from '../../../../shared/errors';
import type { Identity } from '../../../../shared/identity';
import type { MessageId } from '../../../../shared/ids';
import { chooseIdentity } from '../../find/choose-identity';
import type { Command, CommandContext } from '../command';
import { exitStatus, UsageError } from '../command';
import { contentTypeOf } from '../../lines/content-type';
import { DeliveryWatch } from '../../calls/delivery-watch';
import { readInput } from '../../input/read-input';
import { deliveryLine } from '../../lines/show-lines';

const many = { type: 'string', multiple: true, default: [] as string[] } as const;

/** `posthorn send`: a message whose text is standard input, put into the outbox; with `--wait` until it has arrived. */
export const send: Command = {
  usage: ['send --to ADDRESS... [--cc ADDRESS] [--bcc ADDRESS] [--subject TEXT] [--attach FILE]... [--wait]  < TEXT'],
  summary: 'send the text on standard input',
  run: async (context) => {
    const { values } = parseArgs({
      args: [...context.args],
      options: {
        to: many,
        cc: many,
        bcc: many,
        attach: many,
        subject: { type: 'string', default: '' },
        wait: { type: 'boolean', default: false },
      },
    });
    if (values.to.length + values.cc.length + values.bcc.length === 0)
      throw new UsageError('Say to whom: --to ADDRESS.');
    const identity = await chooseIdentity(context);
    const { subject } = values;
    const recipients = (texts: readonly string[]): string[] => texts.flatMap(recipientsIn);
    const [to, cc, bcc] = [recipients(values.to), recipients(values.cc), recipients(values.bcc)];
    const text = await readInput(context.input);
    const draft = await context.core.call('drafts.save', {
      identityId: identity.id,
      content: { to, cc, bcc, subject, text },
    });
    const watch = new DeliveryWatch(context, draft.id);
    await attachAll(context, { identity, draftId: draft.id, files: values.attach });
    const submitted = await context.core.call('messages.submit', { identityId: identity.id, draftId: draft.id });
    watch.begin(submitted.deliveries);
    if (!values.wait) {
      context.output.result(submitted, [`queued ${submitted.id}`, ...submitted.deliveries.map(deliveryLine)]);
      return exitStatus.ok;
    }
    const ended = await watch.ended();
    const delivered = ended.every((delivery) => delivery.state === 'delivered');
    context.output.result({ ...submitted, deliveries: ended }, [
      delivered ? `delivered ${submitted.id}` : `not delivered ${submitted.id}`,
      ...ended.map(deliveryLine),
    ]);
    return delivered ? exitStatus.ok : exitStatus.notDelivered;
  },
};

type Attaching = { readonly identity: Identity; readonly draftId: MessageId; readonly files: readonly string[] };

/** A draft whose files cannot all be attached is not left behind. */
async function attachAll(context: CommandContext, { identity, draftId, files }: Attaching): Promise<void> {
  const draft = { identityId: identity.id, draftId };
  try {
    for (const file of files) {
      const content = await readAttachment(file);
      const attached = await context.core.call('drafts.attach', {
        ...draft,
        filename: basename(file),
        contentType: contentTypeOf(file),
        content,
      });
      if (attached.detailsMayBeLeft)
        context.output.progress('place and camera details may still be in a picture that was attached');
    }
  } catch (error) {
    await context.core.call('drafts.discard', draft).catch(() => undefined);
    throw error;
  }
}

async function readAttachment(file: string): Promise<Uint8Array> {
  try {
    if ((await stat(file)).isFile()) return new Uint8Array(await readFile(file));
  } catch (error) {
    throw new UsageError('A file to attach cannot be read. Nothing was sent.', { cause: error });
  }
  throw new PosthornError('attachment-unknown', 'Only plain files can be attached. Nothing was sent.');
}
