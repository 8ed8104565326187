import type { Identity } from '../../../shared/identity';
import { useKeyLife } from '../../queries/use-key-life';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Spinner } from '../../ui/Spinner';
import styles from './identities.module.css';
import { KeyActions } from './KeyActions';
import { KeyAgeing } from './KeyAgeing';
import { KeyFacts } from './KeyFacts';
import type { SheetDialog } from './sheet-dialog';

export type KeyPageProps = { readonly identity: Identity; readonly onShow: (dialog: SheetDialog) => void };

/** The life of an identity’s own key: how it stands, how it ages, and everything that can be done with it. */
export const KeyPage = ({ identity, onShow }: KeyPageProps) => {
  const life = useKeyLife(identity.id);
  if (life === undefined) return <Spinner label="Reading the key" />;
  if (life === null)
    return (
      <Banner tone="danger">The key of this identity cannot be read now. Close this page and open it again.</Banner>
    );
  return (
    <div className={styles.rows} data-testid="key-page">
      {life.revoked && (
        <Banner
          tone="danger"
          testId="key-revoked"
          action={
            <Button tone="primary" onClick={() => onShow('replace')}>
              Replace it…
            </Button>
          }
        >
          <strong>This key is revoked.</strong> Nobody can write to you, and nothing you sign counts, until you replace
          it by a new one. Your address stays.
        </Banner>
      )}
      <KeyFacts identity={identity} life={life} onShow={onShow} />
      <KeyAgeing identity={identity} life={life} />
      <KeyActions identity={identity} life={life} onShow={onShow} />
    </div>
  );
};
