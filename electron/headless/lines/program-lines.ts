import type { Identity } from '../../../shared/identity';
import type { MailProgram, ProgramAccess } from '../../../shared/programs/mail-program';
import { plainLine } from '../../../shared/text/plain-line';
import { timeText } from './show-lines';

type Port = ProgramAccess['imap'];

/** The way in for other mail programs, and who is connected, in lines for a person. */
export function accessLines({ isOn, imap, submission, programs, connections }: ProgramAccess): string[] {
  return [
    `Other mail programs: ${isOn ? 'on' : 'off'}`,
    `IMAP: 127.0.0.1 port ${portText(imap)}`,
    `Submission: 127.0.0.1 port ${portText(submission)}`,
    `Programs: ${programs.length === 0 ? 'none; posthorn programs add NAME makes a password for one' : String(programs.length)}`,
    ...connections.map(({ programId, protocol, since, clientName }) => {
      const name = programs.find(({ id }) => id === programId)?.name ?? '';
      const says = clientName === undefined ? '' : ` (${plainLine(clientName)})`;
      return `Connected: ${plainLine(name)}${says}  ${protocol}  since ${timeText(since)}`;
    }),
  ];
}

function portText({ port, state }: Port): string {
  return state === 'taken' ? `${String(port)}, which another program uses` : String(port);
}

/** A program that may log in, in a line for a person. */
export function programLine(program: MailProgram, identities: readonly Identity[]): string {
  const { id, name, form, identityIds, lastUsedAt } = program;
  const of = identities.filter((identity) => identityIds.includes(identity.id)).map(({ address }) => address);
  const used = lastUsedAt === undefined ? 'never used' : `last used ${timeText(lastUsedAt)}`;
  return `${id}  ${plainLine(name)}  ${form}  ${used}  ${of.length === 0 ? 'for no identity' : of.join(', ')}`;
}
