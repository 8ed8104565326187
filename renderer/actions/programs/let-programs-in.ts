import type { ProgramPorts } from '../../../shared/settings';
import { setPrograms } from '../../state/programs';
import type { Services } from '../../state/services';

/** Lets other mail programs in by these ports, or not. Throws what the core threw; then all is as it was. */
export const letProgramsIn = async ({ core }: Services, ports: ProgramPorts): Promise<void> => {
  setPrograms(await core.call('programs.listen', ports));
};
