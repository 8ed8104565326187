import { useState } from 'react';
import type { Settings } from '../../../shared/settings';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { changeSettings } from '../../actions/profile/change-settings';
import { lockProfile } from '../../actions/profile/lock-profile';
import { lockWindow } from '../../actions/profile/lock-window';
import { PageSection } from '../../parts/PageFrame';
import { useKeyring } from '../../parts/passphrase/use-keyring';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';
import { showToast } from '../../state/toasts';
import { Button } from '../../ui/Button';
import { Select } from '../../ui/fields/Select';
import { ChangePassphraseDialog } from './ChangePassphraseDialog';
import { SettingRow } from './SettingRow';

const CHOICES = [1, 5, 15, 30, 60, 240, 0] as const;

const lockLabel = (minutes: number): string => {
  if (minutes === 0) return 'Never';
  if (minutes < 60) return minutes === 1 ? 'After 1 minute' : `After ${minutes} minutes`;
  return minutes === 60 ? 'After 1 hour' : `After ${Math.round(minutes / 6) / 10} hours`;
};

/** Locking, the passphrase, and what the desktop's keyring keeps. */
export const LockSection = () => {
  const services = useServices();
  const minutes = useSettings((state) => state.settings.autoLockMinutes);
  const [changing, setChanging] = useState(false);
  const values = CHOICES.some((choice) => choice === minutes) ? CHOICES : [...CHOICES, minutes];
  const setMinutes = (value: string) =>
    void tryOrTell(() => changeSettings(services, { autoLockMinutes: Number(value) }));
  return (
    <PageSection title="Lock and passphrase">
      <SettingRow
        title="Lock by itself"
        hint="After this long without keyboard or mouse, when the desktop is locked, and when the computer goes to sleep."
      >
        <Select
          label="Lock by itself"
          value={String(minutes)}
          options={values.map((value) => ({ value: String(value), label: lockLabel(value) }))}
          onChange={setMinutes}
          testId="settings-auto-lock"
        />
      </SettingRow>
      {minutes > 0 && <AutoLockRow />}
      <SettingRow
        title="Lock the window"
        hint="The window forgets everything, and mail goes on arriving: it is only counted until you give your passphrase. Posthorn keeps your keys in memory."
      >
        <Button onClick={() => void lockWindow(services)} data-testid="settings-lock-window">
          Lock the window
        </Button>
      </SettingRow>
      <SettingRow
        title="Lock everything"
        hint="Keys and mail are sealed on the disk. No mail is sent or received until you give your passphrase."
      >
        <Button onClick={() => void lockProfile(services)} data-testid="settings-lock">
          Lock everything
        </Button>
      </SettingRow>
      <SettingRow title="Passphrase" hint="There is no reset. Choose one that you will remember.">
        <Button onClick={() => setChanging(true)} data-testid="settings-change-passphrase">
          Change…
        </Button>
      </SettingRow>
      <KeyringRow />
      <ChangePassphraseDialog open={changing} onClose={() => setChanging(false)} />
    </PageSection>
  );
};

const kinds: readonly { readonly value: Settings['autoLocks']; readonly label: string }[] = [
  { value: 'window', label: 'The window' },
  { value: 'everything', label: 'Everything' },
];

const AutoLockRow = () => {
  const services = useServices();
  const kind = useSettings((state) => state.settings.autoLocks);
  return (
    <SettingRow title="What it locks then" hint="With the window alone mail goes on arriving.">
      <Select
        label="What it locks then"
        value={kind}
        options={kinds}
        onChange={(autoLocks) => void tryOrTell(() => changeSettings(services, { autoLocks }))}
        testId="settings-auto-locks"
      />
    </SettingRow>
  );
};

const KeyringRow = () => {
  const services = useServices();
  const { keyring, refresh } = useKeyring();
  if (!keyring.remembered) {
    const hint = keyring.available
      ? 'The keyring does not keep your passphrase.'
      : 'This desktop has no keyring that could keep your passphrase.';
    return (
      <SettingRow title="Keyring" hint={hint}>
        {null}
      </SettingRow>
    );
  }
  const forget = async () => {
    const done = await tryOrTell(() => services.shell.call('keyring.forget', {}));
    if (done) showToast({ text: 'The keyring has forgotten your passphrase' });
    refresh();
  };
  return (
    <SettingRow title="Keyring" hint="The keyring of this computer keeps your passphrase.">
      <Button onClick={() => void forget()} data-testid="settings-keyring-forget">
        Forget it
      </Button>
    </SettingRow>
  );
};
