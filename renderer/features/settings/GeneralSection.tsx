import type { Settings } from '../../../shared/settings';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { changeSettings } from '../../actions/profile/change-settings';
import { PageSection } from '../../parts/PageFrame';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';
import { Select } from '../../ui/fields/Select';
import { Switch } from '../../ui/fields/Switch';
import { SettingRow } from './SettingRow';

const themes: readonly { readonly value: Settings['theme']; readonly label: string }[] = [
  { value: 'system', label: 'Like the desktop' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

/** Appearance, notifications, and what leaves with pictures. */
export const GeneralSection = () => {
  const services = useServices();
  const settings = useSettings((state) => state.settings);
  const change = (part: Partial<Settings>) => void tryOrTell(() => changeSettings(services, part));
  return (
    <PageSection title="General">
      <SettingRow title="Appearance">
        <Select
          label="Appearance"
          value={settings.theme}
          options={themes}
          onChange={(theme) => change({ theme })}
          testId="settings-theme"
        />
      </SettingRow>
      <div>
        <Switch
          label="Notify about new mail"
          hint="Says only how many. Names, subjects and identities never appear."
          checked={settings.notifications}
          onChange={(notifications) => change({ notifications })}
          testId="settings-notifications"
        />
      </div>
      <div>
        <Switch
          label="Remove place and camera details from pictures"
          hint="When you attach them. The picture itself stays as it is."
          checked={settings.cleanPictures}
          onChange={(cleanPictures) => change({ cleanPictures })}
          testId="settings-clean-pictures"
        />
      </div>
    </PageSection>
  );
};
