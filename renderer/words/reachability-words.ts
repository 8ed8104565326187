import type { Identity, Reachability } from '../../shared/identity';
import type { Words } from './tone';

/** Whether others can reach an identity. */
export const reachabilityWords: Readonly<Record<Reachability, Words>> = {
  paused: {
    title: 'Paused',
    sentence: 'This identity appears offline to everybody until you resume it.',
    tone: 'warning',
  },
  offline: { title: 'Offline', sentence: 'Not reachable yet: waiting for the Tor network.', tone: 'neutral' },
  publishing: {
    title: 'Going online',
    sentence: 'Making this address known on the Tor network; this takes up to a minute.',
    tone: 'accent',
  },
  online: { title: 'Online', sentence: 'Others can deliver mail to this address now.', tone: 'good' },
  damaged: {
    title: 'Damaged',
    sentence:
      'The mail store of this identity cannot be opened, so it neither sends nor receives. Your other identities are not affected.',
    tone: 'danger',
  },
  elsewhere: {
    title: 'Online elsewhere',
    sentence:
      'Another machine answers under this address: the one that this identity was restored from, or a second copy that runs now. Mail may arrive there instead of here.',
    tone: 'warning',
  },
};

const privateWords: Partial<Record<Identity['reachability'], Pick<Words, 'title' | 'sentence'>>> = {
  online: {
    title: 'Online, private',
    sentence:
      'Your contacts can deliver mail to you now. Nobody else can find this address, or tell whether you are online.',
  },
  publishing: {
    title: 'Going online, private',
    sentence: 'Opening the ways to this address that only your contacts know; this takes up to a minute.',
  },
  offline: { title: 'Offline, private', sentence: reachabilityWords.offline.sentence },
  paused: {
    title: 'Paused, private',
    sentence: 'This identity appears offline to your contacts too until you resume it.',
  },
};

/** Whether others can reach an identity, and who. */
export const reachWords = ({ reachability, isPrivate }: Pick<Identity, 'reachability' | 'isPrivate'>): Words => ({
  ...reachabilityWords[reachability],
  ...(isPrivate ? privateWords[reachability] : undefined),
});
