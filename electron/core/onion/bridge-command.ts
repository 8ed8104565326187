import { quoteValue } from './control-protocol';

/**
 * The control command that makes tor use these bridges, or none. Which program speaks the transports is the
 * supervisor's affair and stands in the configuration tor was started with.
 * @throws RangeError for a line with a line break
 */
export function bridgeCommand(lines: readonly string[]): string {
  if (lines.length === 0) return 'RESETCONF UseBridges Bridge';
  return `SETCONF UseBridges=1 ${lines.map((line) => `Bridge=${quoteValue(line)}`).join(' ')}`;
}
