/**
 * A command as the `Exec` line of a desktop entry has it: each argument in quotes, with what the specification reserves
 * escaped twice, once for the argument and once for the line («The Exec key»).
 * @throws RangeError for an argument that no line can hold
 */
function execLine(command: readonly string[]): string {
  // A line break would end the line and begin another key.
  if (command.some((argument) => /\p{Cc}/u.test(argument))) throw new RangeError('an argument with control characters');
  return command
    .map((argument) => `"${argument.replace(/["`$\\]/gu, '\\$&')}"`)
    .join(' ')
    .replace(/\\/gu, '\\\\')
    .replace(/%/gu, '%%');
}

/**
 * The file that starts Posthorn hidden at each login (Desktop Application Autostart Specification).
 * @param command the program and its arguments
 */
export function autostartEntry(command: readonly string[]): string {
  const [program = ''] = command;
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Posthorn',
    'Comment=Receives your mail while no window is open',
    `Exec=${execLine(command)}`,
    // Desktops pass over an entry whose program was removed.
    `TryExec=${program.replace(/\\/gu, '\\\\')}`,
    'Icon=posthorn',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Whether an entry is followed: a desktop's own settings may have turned it off and left it in place. */
export function isEntryOn(text: string): boolean {
  return !/^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/imu.test(text);
}
