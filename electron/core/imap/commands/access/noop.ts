import type { Command } from '../../session/command';
import { ok } from '../../session/tagged';

/** NOOP (RFC 9051 6.1.2): what others have changed is told behind each command. */
export const noop: Command = { state: 'any', read: () => () => ok('Done') };
