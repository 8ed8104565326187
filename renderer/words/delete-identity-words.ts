import type { CustodyOverview, MailClient } from '../../shared/custody';
import { listed } from './held-words';
import { messagesText } from './custody-words';
import { sizeText } from './size-text';

const sum = (clients: readonly MailClient[], count: (client: MailClient) => number): number =>
  clients.reduce((total, each) => total + count(each), 0);

/**
 * What is lost with an identity that others rely on, and how to avoid it, in sentences; none when nobody does.
 * `nameOf`: the user’s word for an address.
 */
export const relyingSentences = (
  { clients, holders }: CustodyOverview,
  nameOf: (address: string) => string,
): readonly string[] => {
  const names = (some: readonly { readonly address: string }[]): string =>
    listed([...new Set(some.map(({ address }) => nameOf(address)))]);
  const kept = clients.filter(({ heldMessages }) => heldMessages > 0);
  const empty = clients.filter(({ state, heldMessages }) => state === 'active' && heldMessages === 0);
  const keepers = holders.filter(({ state }) => state === 'active');
  const count = sum(kept, ({ heldMessages }) => heldMessages);
  const size = sizeText(sum(kept, ({ heldBytes }) => heldBytes));
  const loss = `${count === 1 ? 'It' : 'They'} will be lost; end the ${kept.length === 1 ? 'agreement' : 'agreements'} first, and wait until everything is handed over.`;
  return [
    ...(kept.length === 0 ? [] : [`You keep ${messagesText(count)} (${size}) for ${names(kept)}. ${loss}`]),
    ...(empty.length === 0
      ? []
      : [`${names(empty)} can have mail kept with you. End that first, so that they are told.`]),
    ...(keepers.length === 0
      ? []
      : [
          `What ${names(keepers)} may be keeping for you is lost too. Fetch it first, and end the agreement, so that they are told.`,
        ]),
  ];
};
