import { checkOnionAddress } from '../../electron/core/onion/onion-address-check';
import { readCardText, writeCardUri } from '../../electron/core/domain/card-text';
import { MailAddress } from '../../shared/ids';
import { claim, claimBounded, claimSame } from '../oracles/claims';
import { textOf } from '../oracles/texts';

/** Anybody can print a QR code or send a text to be pasted. It must lead to one address, or to none. */
export function fuzz(data: Uint8Array): void {
  const text = textOf(data);
  const read = readCardText(text, checkOnionAddress);
  claimBounded(read, { input: data, times: 4 });
  claimSame(readCardText(text, checkOnionAddress), read, 'a card is read in two ways');
  if (read.outcome !== 'card') return;
  const { outcome: _outcome, fingerprint, ...card } = read;
  claim(MailAddress.safeParse(card.address).success, 'a card has led to something that is no address');
  claim(
    checkOnionAddress(card.address.slice(card.address.lastIndexOf('@') + 1)) === 'ok',
    'a card has led to no onion',
  );
  if (fingerprint === undefined) return;
  claimSame(readCardText(writeCardUri({ ...card, fingerprint }), checkOnionAddress), read, 'a card does not come back');
}
