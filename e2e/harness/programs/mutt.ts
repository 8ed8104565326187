import { setupOf } from '../../../renderer/features/settings/programs/program-setup';
import type { ProgramLogin } from './let-program-in';
import type { ProgramHome } from './program-home';

/** Runs what it is given in a terminal of its own, and ends as that does. */
const inTerminal = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** No questions, and nothing that waits for a person. */
const unasked = [
  'set fast_reply=yes include=no abort_unmodified=no delete=yes quit=yes move=no',
  'set confirmappend=no confirmcreate=no wait_key=no sleep_time=0 beep=no header_cache=""',
];

/**
 * Runs mutt, set up as the page «Connect a mail program» says, and presses these keys in its terminal.
 *
 * @param o.keys as mutt names them in `push`; the last of them have to end it
 * @param o.answer what its editor adds to a letter
 * @throws when it does not end with status 0
 */
export async function runMutt(
  home: ProgramHome,
  o: { readonly login: ProgramLogin; readonly keys: string; readonly answer: string },
): Promise<void> {
  const shown = setupOf('mutt', o.login).files.find(({ name }) => name === '~/.config/mutt/muttrc');
  const muttrc = home.write(shown!.name, shown!.text);
  const answer = home.write('answer.txt', o.answer);
  const editor = home.write('editor.sh', `cat ${answer} >> "$1"\n`);
  const rest = [...unasked, `set editor="sh ${editor}"`, `source ${muttrc}`, `push "${o.keys}"`, ''];
  const rc = home.write('test.muttrc', rest.join('\n'));
  await home.succeed(['/usr/bin/python3', '-c', inTerminal, 'mutt', '-n', '-F', rc]);
}
