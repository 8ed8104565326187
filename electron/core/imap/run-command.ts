import { ArgumentReader } from './grammar/argument-reader';
import { BadCommand } from './grammar/bad-command';
import type { CommandTable } from './command-table';
import type { Command } from './session/command';
import type { Session } from './session/session';
import type { Tagged } from './session/tagged';
import { tellChanges } from './session/tell-changes';
import type { CommandPart } from './wire/command-part';

const TAG = /[^\x00-\x20\x7f-\xff(){%*"\\+]{1,1000}(?= )/y;

/** The tag of a command, `*` where it has none. */
export function tagOf(reader: ArgumentReader): string {
  return reader.match(TAG)?.[0] ?? '*';
}

/** Reads a command and does it. Throws what the command throws, but answers BAD for what is not in the grammar. */
export async function runCommand(
  session: Session,
  { table, parts }: { readonly table: CommandTable; readonly parts: readonly CommandPart[] },
): Promise<Tagged & { readonly tag: string }> {
  const reader = new ArgumentReader(parts);
  const tag = tagOf(reader);
  try {
    if (tag === '*') throw new BadCommand('A command begins with a tag');
    return { tag, ...(await readAndRun(session, { table, reader, tag })) };
  } catch (error) {
    if (!(error instanceof BadCommand)) throw Object.assign(new CommandFailed(), { tag, cause: error });
    return { tag, status: 'BAD', text: error.message };
  }
}

/** A command that threw something unforeseen. */
export class CommandFailed extends Error {
  tag = '*';
}

async function readAndRun(
  session: Session,
  { table, reader, tag }: { table: CommandTable; reader: ArgumentReader; tag: string },
): Promise<Tagged> {
  reader.space();
  const isUid = reader.skip('UID ');
  const command = table.get(reader.word());
  if (!command || (isUid && !command.takesUid)) throw new BadCommand('There is no such command');
  const tagged = await inState(session, { command, reader, tag, isUid });
  const { account, selected } = session;
  if (account && selected && !session.isOver)
    await tellChanges({ session, tag, account, selected }, { mayExpunge: isUid || !command.keepsNumbers });
  return tagged;
}

type Ready = {
  readonly command: Command;
  readonly reader: ArgumentReader;
  readonly tag: string;
  readonly isUid: boolean;
};

/** Throws `BadCommand` for a command that is not for the session's state. */
function inState(session: Session, { command, reader, tag, isUid }: Ready): Tagged | Promise<Tagged> {
  const { account, selected } = session;
  const read = <R>(how: (reader: ArgumentReader, o: { isUid: boolean }) => R): R => {
    const run = how(reader, { isUid });
    reader.end();
    return run;
  };
  switch (command.state) {
    case 'any':
      return read(command.read)({ session, tag });
    case 'not-authenticated':
      if (account) throw new BadCommand('You are logged in already');
      return read(command.read)({ session, tag });
    case 'authenticated':
      if (!account) throw new BadCommand('Log in first');
      return read(command.read)({ session, tag, account });
    case 'selected':
      if (!account) throw new BadCommand('Log in first');
      if (!selected) throw new BadCommand('Select a mailbox first');
      return read(command.read)({ session, tag, account, selected });
  }
}
