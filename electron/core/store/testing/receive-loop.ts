import { once } from 'node:events';
import { createMailStore } from '../mail-store';
import { IdentityId } from '../../../../shared/ids';
import { received } from './store-fixtures';

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
  const send = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      await store.messages.receive(
        received({ rfcMessageId: id, text: 'word '.repeat(2_000), raw: Buffer.alloc(20_000, id) }),
      );
      process.stdout.write(`${id}\n`);
    }
  };
  await Promise.all(Array.from({ length: job.senders }, send));
  store.close();
}

void run();
