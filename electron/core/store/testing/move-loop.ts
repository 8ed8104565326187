import { randomUUID } from 'node:crypto';
import { IdentityId, MailboxId } from '../../../../shared/ids';
import type { MessageId } from '../../../../shared/ids';
import { createMailStore } from '../mail-store';
import { received } from './store-fixtures';

/**
 * A child process that stores, moves, flags and deletes messages for ever, and prints after each commit which UIDs the
 * message had or has, by mailbox. It is killed at any moment by its parent.
 */
const [path = '', key = '', identityId = ''] = process.argv.slice(2);
const store = createMailStore({
  path,
  key: new Uint8Array(Buffer.from(key, 'hex')),
  identityId: IdentityId.parse(identityId),
  events: { publish: () => undefined },
});
const { mailboxes, messages } = store;
const own =
  mailboxes.all().find(({ specialUse }) => specialUse === undefined) ??
  mailboxes.make({ id: MailboxId.parse(randomUUID()), name: 'Own' });
const places = ['inbox', 'archive', own.id, 'trash'] as const;

function tell(what: 'kept' | 'deleted', id: MessageId): void {
  const at = places.flatMap((mailbox) =>
    mailboxes
      .entries({ mailbox, limit: 10_000 })
      .filter(({ messageId }) => messageId === id)
      .map(({ uid }) => `${mailbox} ${String(uid)}`),
  );
  process.stdout.write(`${JSON.stringify({ what, id, at })}\n`);
}

async function round(number: number): Promise<void> {
  const stored = await messages.receive(received({ raw: Buffer.alloc(2_000, number) }));
  if (stored.outcome !== 'stored') throw new Error('not stored');
  const { id } = stored.summary;
  tell('kept', id);
  for (const place of places) {
    messages.move([id], place);
    tell('kept', id);
    messages.setFlags([id], { seen: number % 2 === 0 });
  }
  if (number % 3 === 0) {
    messages.delete([id]);
    tell('deleted', id);
  } else messages.move([id], 'inbox');
}

async function run(): Promise<void> {
  for (let number = 0; ; number += 1) await round(number);
}

void run();
