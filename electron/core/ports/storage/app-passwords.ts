import type { ProgramId } from '../../../../shared/ids';
import type { MailProgram } from '../../../../shared/programs/mail-program';

/** A program that may log in, and what its password is known by. */
export type KeptProgram = MailProgram & { readonly hash: string };

/** The mail programs of the profile; those of an identity that is removed lose it. Every write is committed. */
export type AppPasswords = {
  /** In the order in which they were added. */
  list(): readonly KeptProgram[];
  add(program: KeptProgram): void;
  /** Whether it was there. */
  remove(id: ProgramId): boolean;
  used(o: { readonly id: ProgramId; readonly at: number }): void;
};
