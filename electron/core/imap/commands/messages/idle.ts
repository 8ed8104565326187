import { BadCommand } from '../../grammar/bad-command';
import type { Command, InMailbox } from '../../session/command';
import { ok } from '../../session/tagged';
import { tellChanges } from '../../session/tell-changes';
import type { Collected } from '../../wire/command-collector';

/** IDLE (RFC 2177, RFC 9051 6.3.13). */
export const idle: Command = {
  state: 'authenticated',
  read: () => async (context) => {
    const { session } = context;
    session.client.write('+ idling\r\n');
    await session.client.flush();
    const { selected } = session;
    const line = session.client.next();
    const answer = await (selected ? tellUntil(line, { ...context, selected }) : line);
    if (answer !== undefined && !isDone(answer)) throw new BadCommand('IDLE ends with DONE');
    return ok('Done');
  },
};

function isDone(answer: Collected): boolean {
  const part = answer.kind === 'command' && answer.parts.length === 1 ? answer.parts[0] : undefined;
  return part !== undefined && 'text' in part && part.text.toUpperCase() === 'DONE';
}

/** Tells of changes as they come, until the client sends its next line. */
async function tellUntil(line: Promise<Collected | undefined>, context: InMailbox): Promise<Collected | undefined> {
  const { session, account, selected } = context;
  const bell = new Bell();
  const unwatch = account.watch(selected.mailbox.id, () => bell.ring());
  try {
    bell.ring();
    for (;;) {
      const heard = await Promise.race([line, bell.rung()]);
      if (heard !== 'rung') return heard;
      await tellChanges(context, { mayExpunge: true });
      await session.client.flush();
      if (session.isOver) return undefined;
    }
  } finally {
    unwatch();
  }
}

/** However often it rings before somebody listens, it is heard once. */
class Bell {
  #hear: () => void = () => undefined;
  #next = this.#renewed();

  ring(): void {
    this.#hear();
  }

  async rung(): Promise<'rung'> {
    await this.#next;
    this.#next = this.#renewed();
    return 'rung';
  }

  #renewed(): Promise<void> {
    return new Promise((resolve) => {
      this.#hear = resolve;
    });
  }
}
