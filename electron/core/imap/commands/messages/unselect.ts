import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** UNSELECT (RFC 9051 6.4.2). */
export const unselect: Command = {
  state: 'selected',
  read:
    () =>
    ({ session }) => {
      session.selected = undefined;
      return ok('Unselected');
    },
};
