import { Copy, EyeOff, QrCode, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Identity } from '../../../shared/identity';
import { present } from '../../../shared/present';
import { copyText } from '../../actions/window/copy-text';
import { updateIdentity } from '../../actions/profile/update-identity';
import { AddressQr } from '../../parts/AddressQr';
import { ColourPicker } from '../../parts/identity/ColourPicker';
import { FullAddress } from '../../parts/FullAddress';
import { reachWords } from '../../words/reachability-words';
import { openOwnCard } from '../../state/card-dialogs';
import { closeIdentitySheet } from '../../state/identity-sheet';
import { useServices } from '../../state/services';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Switch } from '../../ui/fields/Switch';
import { TextField } from '../../ui/fields/TextField';
import styles from './identities.module.css';
import { PrivateSwitch } from './PrivateSwitch';
import type { SheetDialog } from './sheet-dialog';

export type IdentityDetailsProps = { readonly identity: Identity; readonly onShow: (dialog: SheetDialog) => void };

/** Address to share, label and colour, pause, and the way to delete it. */
export const IdentityDetails = ({ identity, onShow }: IdentityDetailsProps) => {
  const services = useServices();
  return (
    <div className={styles.rows}>
      <ShareAddress identity={identity} />
      <Appearance identity={identity} />
      <Switch
        label="Appear offline"
        hint="While paused, nobody can deliver to this address; they keep trying. You can still write."
        checked={identity.reachability === 'paused'}
        onChange={(paused) => void updateIdentity(services, { identityId: identity.id, paused })}
        testId="identity-paused"
      />
      <PrivateSwitch identity={identity} />
      <div className={styles.row}>
        <div>
          <strong>Delete this identity</strong>
          <p>Destroys its keys, address and mail on this computer.</p>
        </div>
        <Button tone="danger" icon={Trash2} onClick={() => onShow('delete')} data-testid="delete-identity">
          Delete…
        </Button>
      </div>
    </div>
  );
};

const ShareAddress = ({ identity }: { readonly identity: Identity }) => {
  const services = useServices();
  const reach = reachWords(identity);
  return (
    <div className={styles.top}>
      <AddressQr address={identity.address} size={184} />
      <div className={styles.address}>
        <FullAddress address={identity.address} />
        <Button
          icon={Copy}
          onClick={() => void copyText(services, { text: identity.address, said: 'Address copied' })}
          autoFocus
          data-testid="copy-address"
        >
          Copy address
        </Button>
        <Button
          icon={QrCode}
          onClick={() => {
            closeIdentitySheet();
            openOwnCard(identity.id);
          }}
          data-testid="show-card"
        >
          Show card
        </Button>
        <div className={styles.state}>
          <Badge
            tone={reach.tone}
            {...present({ icon: identity.isPrivate ? EyeOff : undefined })}
            testId="identity-reach"
          >
            {reach.title}
          </Badge>
          <p>{reach.sentence}</p>
        </div>
      </div>
    </div>
  );
};

const Appearance = ({ identity }: { readonly identity: Identity }) => {
  const services = useServices();
  const [label, setLabel] = useState(identity.label);
  const save = () => {
    if (label.trim() !== identity.label)
      void updateIdentity(services, { identityId: identity.id, label: label.trim() });
  };
  return (
    <div className={styles.words}>
      <TextField
        label="Label"
        hint="Only you see it."
        value={label}
        onChange={(event) => setLabel(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
        maxLength={60}
        data-testid="identity-label"
      />
      <ColourPicker
        value={identity.colour}
        onChange={(colour) => void updateIdentity(services, { identityId: identity.id, colour })}
      />
    </div>
  );
};
