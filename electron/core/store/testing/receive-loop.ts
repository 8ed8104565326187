import { once } from 'node:events';
import { createMailStore } from '../mail-store';
import { IdentityId } from '../../../../shared/ids';
import { MAX_WHOLE_CONTENT_BYTES } from '../../domain/limits';
import { newAttachmentId, received } from './store-fixtures';

/**
 * A child process that receives like a busy listener: several senders at once, each printing the Message-ID of what was
 * committed. Standard input gives the job as one line of JSON. It is killed at any moment by its parent.
 */
type Job = {
  readonly path: string;
  readonly key: string;
  readonly identityId: string;
  readonly rfcMessageIds: readonly string[];
  readonly senders: number;
  /** Octets of the wire copy of each, and of the file in it; a file comes with large ones only. */
  readonly octets: number;
};

async function readJob(): Promise<Job> {
  process.stdin.setEncoding('utf8');
  const [line] = (await once(process.stdin, 'data')) as [string];
  return JSON.parse(line) as Job;
}

async function run(): Promise<void> {
  const job = await readJob();
  const store = createMailStore({
    path: job.path,
    key: new Uint8Array(Buffer.from(job.key, 'hex')),
    identityId: IdentityId.parse(job.identityId),
    events: { publish: () => undefined },
  });
  const left = [...job.rfcMessageIds];
  let isOver = false;
  const tick = (): void => {
    // A line for each turn of the event loop, by which the parent chooses when to kill.
    process.stdout.write('.\n');
    if (!isOver) setImmediate(tick);
  };
  if (isLarge(job)) tick();
  const send = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      await store.messages.receive(
        received({
          rfcMessageId: id,
          text: 'word '.repeat(2_000),
          raw: Buffer.alloc(job.octets, id),
          attachments: isLarge(job) ? [fileOf(job, id)] : [],
        }),
      );
      process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: job.senders }, send));
  isOver = true;
  store.close();
}

const isLarge = ({ octets }: Job): boolean => octets > MAX_WHOLE_CONTENT_BYTES;

function fileOf({ octets }: Job, id: string): ReturnType<typeof received>['attachments'][number] {
  const kind = { filename: 'plan.pdf', contentType: 'application/pdf', inline: false };
  return { ...kind, id: newAttachmentId(), content: Buffer.alloc(octets, `${id} file`) };
}

void run();
