import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** CHECK (RFC 3501 6.4.1): all is stored by the time it is answered. */
export const check: Command = { state: 'selected', read: () => () => ok('Done') };
