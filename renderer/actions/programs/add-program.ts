import type { CoreContract } from '../../../shared/contract/core-contract';
import type { ParamsOf, ResultOf } from '../../../shared/contract/rpc-kit';
import type { Services } from '../../state/services';

export type NewProgram = ParamsOf<CoreContract, 'programs.add'>;
/** A program with its password, which is told this once. */
export type AddedProgram = ResultOf<CoreContract, 'programs.add'>;
export type LoginOutcome = ResultOf<CoreContract, 'programs.test'>['outcome'];

/** Makes a password for a program. Throws what the core threw. */
export const addProgram = ({ core }: Services, program: NewProgram): Promise<AddedProgram> =>
  core.call('programs.add', program);

/** Logs in with a password as the program would. Throws what the core threw. */
export const testLogin = async (
  { core }: Services,
  login: ParamsOf<CoreContract, 'programs.test'>,
): Promise<LoginOutcome> => (await core.call('programs.test', login)).outcome;
