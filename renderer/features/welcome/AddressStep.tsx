import { BookUser, Copy, Share2, Wifi } from 'lucide-react';
import type { Identity } from '../../../shared/identity';
import { copyText } from '../../actions/window/copy-text';
import { AddressQr } from '../../parts/AddressQr';
import { FullAddress } from '../../parts/FullAddress';
import { useServices } from '../../state/services';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import styles from './steps.module.css';
import { WelcomeFrame } from './WelcomeFrame';

export type AddressStepProps = { readonly identity: Identity; readonly onDone: () => void };

/** Last step: the new address and what to do with it. */
export const AddressStep = ({ identity, onDone }: AddressStepProps) => {
  const services = useServices();
  return (
    <WelcomeFrame
      title="This is your address"
      lead="The long part is also your key: whoever has the right address can be sure that only you can read what they send."
      step={3}
    >
      <div className={styles.form} data-testid="welcome-address">
        <div className={styles.address}>
          <AddressQr address={identity.address} size={148} />
          <div className={styles.addressText}>
            <FullAddress address={identity.address} />
          </div>
        </div>
        <Button
          icon={Copy}
          wide
          autoFocus
          onClick={() => void copyText(services, { text: identity.address, said: 'Address copied' })}
          data-testid="copy-address"
        >
          Copy address
        </Button>
        <ul className={styles.next}>
          <li>
            <Icon icon={Share2} size={18} />
            <span>
              <strong>Give it to people you trust</strong>, best in person or over a channel you already share.
            </span>
          </li>
          <li>
            <Icon icon={BookUser} size={18} />
            <span>
              <strong>Add their addresses</strong> to your contacts and write the first message.
            </span>
          </li>
          <li>
            <Icon icon={Wifi} size={18} />
            <span>
              <strong>Keep Posthorn running</strong> to receive mail. If you are away, the other side keeps trying for
              14 days.
            </span>
          </li>
        </ul>
        <Button tone="primary" size="large" wide onClick={onDone} data-testid="welcome-done">
          Open my mailbox
        </Button>
      </div>
    </WelcomeFrame>
  );
};
