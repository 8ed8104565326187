import { Download, KeyRound, Printer } from 'lucide-react';
import type { Identity } from '../../../shared/identity';
import type { KeyLife } from '../../../shared/key-life';
import { exportPublicKey } from '../../actions/keys/export-key';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { KeyRow } from './KeyRow';
import type { SheetDialog } from './sheet-dialog';

export type KeyActionsProps = {
  readonly identity: Identity;
  readonly life: KeyLife;
  readonly onShow: (dialog: SheetDialog) => void;
};

/** What is done with a key once in years, the harmless first. */
export const KeyActions = ({ identity, life, onShow }: KeyActionsProps) => {
  const services = useServices();
  return (
    <>
      <KeyRow
        title="Use your key elsewhere"
        hint="The public key is for everybody; the secret key opens all mail of this identity."
      >
        <Button
          icon={Download}
          onClick={() => void exportPublicKey(services, identity)}
          data-testid="export-public-key"
        >
          Public key
        </Button>
        <Button icon={KeyRound} onClick={() => onShow('export-secret')} data-testid="export-secret-key">
          Secret key…
        </Button>
      </KeyRow>
      <KeyRow title="Paper key" hint="24 words from which your address can be had again when everything else is lost.">
        <Button icon={Printer} onClick={() => onShow('paper')} data-testid="paper-key">
          Paper key…
        </Button>
      </KeyRow>
      <KeyRow
        title="Use a key you have already"
        hint="An OpenPGP key of yours from another program becomes the key of this address."
      >
        <Button onClick={() => onShow('import')} data-testid="import-own-key">
          Import…
        </Button>
      </KeyRow>
      <KeyRow
        title="Move to another identity"
        hint="Tells the contacts you choose that another address of yours is the one to write to."
      >
        <Button disabled={life.revoked} onClick={() => onShow('move')} data-testid="announce-move">
          Move…
        </Button>
      </KeyRow>
      <KeyRow title="Replace key" hint="A new OpenPGP key under the same address.">
        <Button onClick={() => onShow('replace')} data-testid="replace-key">
          Replace key…
        </Button>
      </KeyRow>
      <KeyRow title="Revoke key" hint="Declares the key invalid for ever, when somebody else may have it.">
        <Button tone="danger" disabled={life.revoked} onClick={() => onShow('revoke')} data-testid="revoke-key">
          Revoke key…
        </Button>
      </KeyRow>
    </>
  );
};
