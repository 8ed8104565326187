import type { Holding } from '../../../shared/holding';

export type HolderBanner = 'missing' | 'request' | 'hint';

/** Which banners stand over the inbox, most urgent first. The hint never stands beside another: one thing at a time. */
export const holderBanners = ({ holders, clients, missing }: Holding, hintSeen: boolean): readonly HolderBanner[] => {
  const shown: HolderBanner[] = [];
  if (missing.length > 0) shown.push('missing');
  if (clients.some(({ state }) => state === 'asked')) shown.push('request');
  const alone = holders.every(({ state }) => state === 'ended' || state === 'refused');
  if (shown.length === 0 && alone && !hintSeen) shown.push('hint');
  return shown;
};
