import type { Identity } from '../../shared/identity';
import { reachabilityWords } from './words';
import type { Words } from './words';

const privateWords: Partial<Record<Identity['reachability'], Pick<Words, 'title' | 'sentence'>>> = {
  online: { title: 'Online, private', sentence: 'Your contacts can deliver mail to you now. Nobody else can find this address, or tell whether you are online.' },
  publishing: { title: 'Going online, private', sentence: 'Opening the ways to this address that only your contacts know; this takes up to a minute.' },
  offline: { title: 'Offline, private', sentence: reachabilityWords.offline.sentence },
  paused: { title: 'Paused, private', sentence: 'This identity appears offline to your contacts too until you resume it.' },
};

/** Whether others can reach an identity, and who. */
export const reachWords = ({ reachability, isPrivate }: Pick<Identity, 'reachability' | 'isPrivate'>): Words => ({
  ...reachabilityWords[reachability],
  ...(isPrivate ? privateWords[reachability] : undefined),
});
