import { PosthornError } from '../../../../shared/errors';
import type { Command } from '../command';
import { exitStatus } from '../command';
import { readPassphrase } from '../../input/read-passphrase';
import { timeText, upgradeLine } from '../../lines/show-lines';

/** `posthorn unlock`: opens a profile that has locked itself. */
export const unlock: Command = {
  usage: ['unlock  < PASSPHRASE'],
  summary: 'unlock the profile with the passphrase on standard input',
  run: async ({ core, input, output }) => {
    const passphrase = await readPassphrase(input);
    const stop = core.onEvent((event) => {
      if (event.type === 'upgrade.progressed') output.progress(upgradeLine(event.upgrade));
    });
    const answer = await core.call('profile.unlock', { passphrase }).finally(stop);
    if (answer.outcome === 'unlocked') {
      output.result(answer, ['unlocked']);
      return exitStatus.ok;
    }
    const sentence = answer.outcome === 'wrong' ? 'This is not the passphrase.' : 'Too many wrong passphrases.';
    throw new PosthornError(
      answer.outcome === 'wrong' ? 'passphrase-wrong' : 'passphrase-delayed',
      `${sentence} The next try counts from ${timeText(answer.retryAt)}.`,
    );
  },
};
