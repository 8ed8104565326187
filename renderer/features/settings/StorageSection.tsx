import { useEffect, useRef, useState } from 'react';
import type { Identity } from '../../../shared/identity';
import type { IdentityId } from '../../../shared/ids';
import type { Freeable, StorageUse } from '../../../shared/storage-use';
import { countStorage, type CountingStorage, type StorageCount } from '../../actions/profile/count-storage';
import { PageSection } from '../../parts/PageFrame';
import { useIdentities } from '../../queries/use-identities';
import { askToConfirm } from '../../state/questions/confirmation';
import { useSelection } from '../../state/selection';
import { useServices } from '../../state/services';
import { showToast } from '../../state/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/fields/Select';
import { localPartOf } from '../../words/address-text';
import { amountText, fileText, freeWords, keysText, requestsText, storageRow } from './storage-words';
import { SettingRow } from './SettingRow';
import styles from './settings.module.css';

/** What takes room on the disk, of one identity at a time, and a way to free it. */
export const StorageSection = () => {
  const identities = useIdentities() ?? [];
  const shown = useSelection(({ identityId }) => identityId);
  const [chosen, setChosen] = useState<string>();
  const identity = identities.find(({ id }) => id === (chosen ?? shown)) ?? identities[0];
  if (!identity) return null;
  return (
    <PageSection title="Storage">
      <section className={styles.form} aria-label={`Storage of ${nameOf(identity)}`} data-testid="storage">
        {identities.length > 1 && (
          <SettingRow title="Identity">
            <Select
              label="Identity whose storage is shown"
              value={identity.id}
              options={identities.map((each) => ({ value: each.id, label: nameOf(each) }))}
              onChange={setChosen}
              testId="storage-identity"
            />
          </SettingRow>
        )}
        <IdentityStorage key={identity.id} identityId={identity.id} />
      </section>
    </PageSection>
  );
};

const nameOf = ({ label, address }: Identity): string => label || localPartOf(address);

const IdentityStorage = ({ identityId }: { readonly identityId: IdentityId }) => {
  const services = useServices();
  const [{ use, failure }, setCount] = useState<StorageCount>({});
  const counting = useRef<CountingStorage>(undefined);
  useEffect(() => {
    const started = countStorage(services, identityId, setCount);
    counting.current = started;
    return started.stop;
  }, [services, identityId]);
  const free = async (what: Freeable) => {
    if (await counting.current?.free(what)) showToast({ text: freeWords[what].done });
  };
  if (use !== undefined) return <Rows use={use} onFree={free} />;
  if (failure === undefined) return <p className={styles.soft}>Counting…</p>;
  const again = <Button onClick={() => counting.current?.countAgain()}>Count again</Button>;
  return (
    <Banner tone="danger" testId="storage-failed" action={again}>
      {failure}
    </Banner>
  );
};

type RowsProps = { readonly use: StorageUse; readonly onFree: (what: Freeable) => Promise<void> };

const Rows = ({ use, onFree }: RowsProps) => (
  <>
    <Row what="mail" text={amountText(use.mail)} />
    <FreeableRow what="requests" use={use} text={requestsText(use.requests)} onFree={onFree} />
    <FreeableRow what="held" use={use} text={amountText(use.held)} onFree={onFree} />
    <FreeableRow what="trash" use={use} text={amountText(use.trash)} onFree={onFree} />
    <Row what="keys" text={keysText(use.keys)} />
    <p className={styles.hint} data-testid="storage-file">
      {fileText(use.fileBytes)}
    </p>
  </>
);

const Row = ({ what, text }: { readonly what: 'mail' | 'keys'; readonly text: string }) => (
  <SettingRow {...storageRow[what]}>
    <span className={styles.amount} data-testid={`storage-${what}`}>
      {text}
    </span>
  </SettingRow>
);

const FreeableRow = ({ what, use, text, onFree }: RowsProps & { readonly what: Freeable; readonly text: string }) => {
  const words = freeWords[what];
  const ask = () =>
    askToConfirm({
      title: words.title,
      text: words.text(use[what]),
      confirm: 'Delete',
      tone: 'danger',
      run: () => void onFree(what),
    });
  return (
    <SettingRow {...storageRow[what]}>
      <span className={styles.amount} data-testid={`storage-${what}`}>
        {text}
      </span>
      <Button
        disabled={use[what].count === 0}
        onClick={ask}
        aria-label={`${words.button.replace('…', '')}: ${storageRow[what].title}`}
        data-testid={`storage-free-${what}`}
      >
        {words.button}
      </Button>
    </SettingRow>
  );
};
