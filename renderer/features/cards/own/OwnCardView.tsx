import { Copy, Download, Link, Printer } from 'lucide-react';
import { useState } from 'react';
import type { Identity } from '../../../../shared/identity';
import { tryOrTell } from '../../../actions/window/try-or-tell';
import { copyText } from '../../../actions/window/copy-text';
import { printCard, saveCardPicture, saveVcard } from '../../../actions/cards/save-card';
import { AddressQr } from '../../../parts/AddressQr';
import { FullAddress } from '../../../parts/FullAddress';
import { useServices } from '../../../state/services';
import type { Services } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { Menu } from '../../../ui/menus/Menu';
import type { MenuEntry } from '../../../ui/menus/menu-entry';
import { TextField } from '../../../ui/fields/TextField';
import styles from '../cards.module.css';
import { codeAsPng, codeAsSvg } from './draw-code';
import { PrintedCard } from './PrintedCard';
import { SpokenFingerprint } from './SpokenFingerprint';
import type { OwnCards } from './use-own-card';

export type OwnCardViewProps = { readonly identity: Identity; readonly cards: OwnCards };

/** What is saved, printed and copied has no one-time code: that is for those who stand before this screen. */
const savingEntries = (
  services: Services,
  { identity, cards, name }: OwnCardViewProps & { readonly name: string },
): MenuEntry[] => {
  const { address } = identity;
  const { uri } = cards.toKeep;
  const png = async () => {
    const content = await tryOrTell(() => codeAsPng(uri));
    if (content !== undefined) await saveCardPicture(services, { address, ending: 'png', content });
  };
  return [
    { kind: 'item', label: 'Picture (PNG)…', testId: 'own-card-png', run: () => void png() },
    {
      kind: 'item',
      label: 'Drawing (SVG)…',
      testId: 'own-card-svg',
      run: () => void saveCardPicture(services, { address, ending: 'svg', content: codeAsSvg(uri) }),
    },
    { kind: 'separator' },
    {
      kind: 'item',
      label: 'vCard with key…',
      testId: 'own-card-vcard',
      run: () => void saveVcard(services, { identityId: identity.id, address, name }),
    },
  ];
};

/** The code, the address, the fingerprint to read aloud, and the ways to give them away. */
export const OwnCardView = ({ identity, cards }: OwnCardViewProps) => {
  const services = useServices();
  const [name, setName] = useState('');
  return (
    <div className={styles.own} data-testid="own-card">
      <div className={styles.ownCode}>
        <AddressQr address={identity.address} text={cards.onScreen.uri} size={264} />
        <p className={styles.soft}>
          Let them scan this from your screen. The code changes each time, so do not photograph it for later: save or
          print the card instead.
        </p>
      </div>
      <div className={styles.ownWords}>
        <FullAddress address={identity.address} />
        <div className={styles.buttonsLeft}>
          <Button
            icon={Copy}
            onClick={() => void copyText(services, { text: identity.address, said: 'Address copied' })}
            autoFocus
            data-testid="own-card-copy"
          >
            Copy address
          </Button>
          <Button
            icon={Link}
            onClick={() => void copyText(services, { text: cards.toKeep.uri, said: 'Link copied' })}
            data-testid="own-card-link"
          >
            Copy link
          </Button>
        </div>
        <SpokenFingerprint fingerprint={cards.onScreen.fingerprint} />
        <TextField
          label="Name on the printed card and in the vCard"
          hint="Whoever gets the card sees it. May stay empty."
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={100}
          data-testid="own-card-name"
        />
        <div className={styles.buttonsLeft}>
          <Button icon={Printer} onClick={() => void printCard(services)} data-testid="own-card-print">
            Print…
          </Button>
          <Menu
            trigger={
              <Button icon={Download} data-testid="own-card-save">
                Save as…
              </Button>
            }
            entries={savingEntries(services, { identity, cards, name })}
          />
        </div>
      </div>
      <PrintedCard name={name.trim()} card={cards.toKeep} />
    </div>
  );
};
