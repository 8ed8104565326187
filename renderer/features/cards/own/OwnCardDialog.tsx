import { EyeOff, ScanLine } from 'lucide-react';
import type { Identity } from '../../../../shared/identity';
import type { IdentityId } from '../../../../shared/ids';
import { useIdentities } from '../../../queries/use-identities';
import { closeCardDialog, openScan } from '../../../state/card-dialogs';
import { Banner } from '../../../ui/Banner';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/dialogs/Dialog';
import { Spinner } from '../../../ui/Spinner';
import styles from '../cards.module.css';
import { IdentityLine } from './IdentityLine';
import { OwnCardView } from './OwnCardView';
import { useOwnCard } from './use-own-card';

/** An identity's own card: the code that others scan, and the ways to give it away. */
export const OwnCardDialog = ({ identityId }: { readonly identityId: IdentityId }) => {
  const identity = useIdentities()?.find(({ id }) => id === identityId);
  return identity === undefined ? null : <OpenCard identity={identity} />;
};

const OpenCard = ({ identity }: { readonly identity: Identity }) => {
  const { cards, error } = useOwnCard(identity.id);
  const footer = (
    <>
      <Button icon={ScanLine} onClick={() => openScan({ identityId: identity.id })} data-testid="own-card-scan">
        Scan theirs
      </Button>
      <Button onClick={closeCardDialog}>Close</Button>
    </>
  );
  return (
    <Dialog
      open
      onOpenChange={closeCardDialog}
      title="My card"
      description={<IdentityLine identity={identity} what="The card of" />}
      size="large"
      footer={footer}
      testId="own-card-dialog"
    >
      {identity.isPrivate && (
        <div className={styles.above}>
          <Banner icon={EyeOff} testId="own-card-private">
            This identity is private: whoever gets this card reaches you only once you have them among your contacts.
            Give people whom you do not know the card of another identity.
          </Banner>
        </div>
      )}
      {error !== undefined && <Banner tone="danger">{error}</Banner>}
      {cards !== undefined && <OwnCardView identity={identity} cards={cards} />}
      {cards === undefined && error === undefined && <Spinner label="Making the card" />}
    </Dialog>
  );
};
