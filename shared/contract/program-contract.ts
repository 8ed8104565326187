import { z } from 'zod';
import { IdentityId, ProgramId } from '../ids';
import { MailForm, MailProgram, ProgramAccess, ProgramKind, ProgramName } from '../programs/mail-program';
import { ProgramPorts } from '../settings';
import { method } from './rpc-kit';

/** Other mail programs of this person, and their way in. Part of `coreContract`. */
export const programContract = {
  'programs.view': method(z.strictObject({}), ProgramAccess),
  /** Lets programs in, or not, and by which ports. Throws `port-refused`; then all is as it was. */
  'programs.listen': method(ProgramPorts, ProgramAccess),
  /** Makes a password for a program. It is told here once, and kept nowhere. */
  'programs.add': method(
    z.strictObject({
      name: ProgramName,
      kind: ProgramKind,
      identityIds: z.array(IdentityId).min(1).max(100),
      form: MailForm,
    }),
    z.strictObject({ program: MailProgram, password: z.string().max(40) }),
  ),
  /** Takes the password back; whoever is connected with it is cut off at once. */
  'programs.remove': method(z.strictObject({ programId: ProgramId }), ProgramAccess),
  /** Logs in as a program would, over the IMAP port. */
  'programs.test': method(
    z.strictObject({ identityId: IdentityId, password: z.string().min(1).max(200) }),
    z.strictObject({ outcome: z.enum(['logged-in', 'refused', 'not-listening', 'no-answer']) }),
  ),
} as const;
