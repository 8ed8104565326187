import type { TorStatus, TorWarning } from '../../shared/tor-status';
import type { Words } from './tone';

/** What hinders tor, and what the person can do. */
export const torWarningWords: Readonly<Record<TorWarning, Words & { readonly advice: readonly string[] }>> = {
  'cannot-connect': {
    title: 'Cannot reach the Tor network',
    sentence: 'This network may be down, or it may block Tor.',
    advice: ['Check that this computer is online.', 'If your network blocks Tor, choose bridges in the settings.'],
    tone: 'warning',
  },
  'clock-skew': {
    title: 'The clock is wrong',
    sentence: 'Tor cannot work when the clock of this computer is far off.',
    advice: ['Set date, time and time zone of this computer correctly. Tor then connects by itself.'],
    tone: 'warning',
  },
  'bridge-unreachable': {
    title: 'The bridges do not answer',
    sentence: 'None of your bridges can be reached.',
    advice: ['Choose another kind of bridge in the settings.', 'Or ask for fresh ones at bridges.torproject.org.'],
    tone: 'warning',
  },
  'transport-missing': {
    title: 'These bridges cannot be used here',
    sentence: 'A program that your bridges need is missing, so Tor stays off the network. Mail waits.',
    advice: ['The settings say under «Bridges» what is missing and what to do, or let you choose others.'],
    tone: 'danger',
  },
  'binary-missing': {
    title: 'Tor is not installed',
    sentence: 'Posthorn found no tor program that it can start, so mail can neither leave nor arrive.',
    advice: ['Install Tor (on Debian and Ubuntu: sudo apt install tor), then start Posthorn again.'],
    tone: 'danger',
  },
  crashed: {
    title: 'Tor stopped unexpectedly',
    sentence: 'Posthorn starts it again by itself. Mail waits meanwhile and nothing is lost.',
    advice: ['If it keeps happening, restart Posthorn and check that the disk is not full.'],
    tone: 'warning',
  },
};

/** What tor is doing. */
export const torPhaseWords: Readonly<Record<TorStatus['phase'], Words>> = {
  off: { title: 'Tor is off', sentence: 'Mail neither leaves nor arrives while Tor is off.', tone: 'neutral' },
  starting: {
    title: 'Starting Tor',
    sentence: 'Tor is starting. Mail you send waits until it is connected.',
    tone: 'accent',
  },
  connecting: {
    title: 'Connecting',
    sentence: 'Connecting to the Tor network. Mail you send waits meanwhile.',
    tone: 'accent',
  },
  online: {
    title: 'Connected',
    sentence: 'Connected to the Tor network. Mail leaves and arrives directly.',
    tone: 'good',
  },
  restarting: {
    title: 'Restarting Tor',
    sentence: 'Tor stopped and is starting again. Mail waits meanwhile.',
    tone: 'warning',
  },
  'no-network': {
    title: 'No network',
    sentence: 'This computer is offline. Mail waits until it is back.',
    tone: 'warning',
  },
  failed: {
    title: 'Tor is not running',
    sentence: 'Mail can neither leave nor arrive until Tor runs again.',
    tone: 'danger',
  },
};
