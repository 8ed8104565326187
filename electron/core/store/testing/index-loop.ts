import { once } from 'node:events';
import { IdentityId } from '../../../../shared/ids';
import { createMailStore } from '../mail-store';

/**
 * A child process that indexes what an earlier version left, printing a line for each step. Standard input gives the
 * file as one line of JSON. It is killed at any moment by its parent.
 */
type Job = { readonly path: string; readonly key: string; readonly identityId: string };

async function run(): Promise<void> {
  process.stdin.setEncoding('utf8');
  const [line] = (await once(process.stdin, 'data')) as [string];
  const job = JSON.parse(line) as Job;
  const store = createMailStore({
    path: job.path,
    key: new Uint8Array(Buffer.from(job.key, 'hex')),
    identityId: IdentityId.parse(job.identityId),
    events: { publish: () => undefined },
  });
  while (store.search.indexRest()) process.stdout.write('step\n');
  store.close();
}

void run();
