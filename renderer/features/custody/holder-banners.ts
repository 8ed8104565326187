import type { CustodyOverview } from '../../../shared/custody';
import type { Identity } from '../../../shared/identity';

export type HolderBanner = 'missing' | 'request' | 'hint';

const isAsked = ({ clients }: Pick<CustodyOverview, 'clients'>): boolean =>
  clients.some(({ state }) => state === 'asked');

/** Which banners stand over the inbox, most urgent first. The hint never stands beside another: one thing at a time. */
export const holderBanners = (
  { holders, clients, missing }: CustodyOverview,
  hintSeen: boolean,
): readonly HolderBanner[] => {
  const shown: HolderBanner[] = [];
  if (missing.length > 0) shown.push('missing');
  if (isAsked({ clients })) shown.push('request');
  const alone = holders.every(({ state }) => state === 'ended' || state === 'refused');
  if (shown.length === 0 && alone && !hintSeen) shown.push('hint');
  return shown;
};

/** The first identity besides the present one that somebody asks to keep mail: nobody would see it otherwise. */
export const otherAsked = ({
  identities,
  present,
  byIdentity,
}: {
  readonly identities: readonly Identity[];
  readonly present: Identity;
  readonly byIdentity: Readonly<Partial<Record<string, CustodyOverview>>>;
}): Identity | undefined =>
  identities.find(({ id }) => id !== present.id && isAsked(byIdentity[id] ?? { clients: [] }));
