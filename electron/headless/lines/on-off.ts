import { UsageError } from '../commands/command';

/**
 * What an option or a word that takes `on` or `off` says.
 * @throws UsageError for anything else
 */
export function isOn(text: string | undefined, name: string): boolean {
  if (text !== 'on' && text !== 'off') throw new UsageError(`${name} takes on or off.`);
  return text === 'on';
}
