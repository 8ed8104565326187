import { readCards } from '../../electron/core/mime/cards/read-cards';
import { writeCard } from '../../electron/core/mime/cards/write-card';
import type { ContactCard } from '../../electron/core/ports/mime';
import { claim, claimBounded, claimOneDirection, claimOneLine, claimSame } from '../oracles/claims';
import { textOf } from '../oracles/texts';

/**
 * Cards come as files, attachments and QR codes. What a card is read as comes back when it is written and read again,
 * and a name is one line that reads as it is written.
 */
export function fuzz(data: Uint8Array): void {
  const text = textOf(data);
  const cards = readCards(text);
  claimSame(readCards(text), cards, 'cards are read in two ways');
  claimBounded(cards, { input: data, times: 4 });
  for (const card of cards ?? []) checkCard(card);
}

function checkCard(card: ContactCard): void {
  claimOneLine(card.name, 'the name of a card');
  claimOneDirection(card.name, 'the name of a card');
  claim(card.name.length <= 100, 'the name of a card is longer than that of a contact');
  claim(card.addresses.length > 0, 'a card without an address is taken');
  for (const address of card.addresses) claimOneLine(address, 'the address of a card');
  claimSame(readCards(writeCard(card)), [card], 'a card does not come back');
}
