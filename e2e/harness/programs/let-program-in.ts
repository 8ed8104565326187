import type { Identity } from '../../../shared/identity';
import type { MailForm } from '../../../shared/programs/mail-program';
import { findFreePorts } from '../../tornet/free-ports';
import type { CoreClient } from '../process/core-client';

/** What another mail program needs to log in. */
export type ProgramLogin = {
  readonly user: string;
  readonly password: string;
  readonly imapPort: number;
  readonly submissionPort: number;
  /** Absent: 127.0.0.1. */
  readonly host?: string;
  /** Of 127.0.0.1, where a tor takes streams to `host`. */
  readonly socksPort?: number;
};

/** Opens the ports for programs, unless they are open, and makes a password for one that uses an identity's mail. */
export async function letProgramIn(
  core: CoreClient,
  { identity, name, form = 'unsealed' }: { identity: Identity; name: string; form?: MailForm },
): Promise<ProgramLogin> {
  const { isOn, imap, submission } = await openPorts(core);
  if (!isOn || imap.state !== 'listening' || submission.state !== 'listening')
    throw new Error(`The ports are not open: ${imap.state}, ${submission.state}`);
  const { password } = await core.call('programs.add', { name, kind: 'other', form, identityIds: [identity.id] });
  return { user: identity.address, password, imapPort: imap.port, submissionPort: submission.port };
}

async function openPorts(core: CoreClient) {
  const now = await core.call('programs.view', {});
  if (now.isOn) return now;
  const [imapPort, submissionPort] = await findFreePorts(2);
  return core.call('programs.listen', { isOn: true, imapPort: imapPort!, submissionPort: submissionPort! });
}
