import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import type { ProgramPorts } from '../../../../shared/settings';

/** The ports as they are set. */
export const portsOf = ({ isOn, imap, submission }: ProgramAccess): ProgramPorts => ({
  isOn,
  imapPort: imap.port,
  submissionPort: submission.port,
});

/** A port as it was typed; undefined for anything else. */
export const portFrom = (text: string): number | undefined => {
  const port = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
};

/** What is wrong with two ports as they were typed. */
export const portProblems = (
  imap: string,
  submission: string,
): { readonly imap: string | undefined; readonly submission: string | undefined } => {
  const range = 'A port is a number from 1 to 65535.';
  const isSame = portFrom(imap) === portFrom(submission);
  return {
    imap: portFrom(imap) === undefined ? range : undefined,
    submission:
      portFrom(submission) === undefined ? range : isSame ? 'Reading and sending need a port each.' : undefined,
  };
};

/** Which ports nobody can come in by, in a sentence. */
export const takenPorts = ({ imap, submission }: ProgramAccess): string | undefined => {
  const taken = [imap, submission].filter(({ state }) => state === 'taken').map(({ port }) => String(port));
  if (taken.length === 0) return undefined;
  const [subject, it] = taken.length === 1 ? ['Port', 'it'] : ['Ports', 'them'];
  return `${subject} ${taken.join(' and ')}: another program of this computer uses ${it}, so mail programs cannot come in there. Close that program, or choose another port.`;
};
