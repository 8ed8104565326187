import { useEffect, useState } from 'react';
import type { DesktopState } from '../../../shared/contract/shell-contract';
import { tryOrTell } from '../../actions/window/try-or-tell';
import { PageSection } from '../../parts/PageFrame';
import { useServices } from '../../state/services';
import { Switch } from '../../ui/fields/Switch';
import { unseenWords } from '../../words/desktop/desktop-words';

type Change = Partial<Omit<DesktopState, 'tray'>>;

/** What the desktop says of the program; undefined until it has answered. */
const useDesktop = (): readonly [DesktopState | undefined, (change: Change) => void] => {
  const { shell } = useServices();
  const [desktop, setDesktop] = useState<DesktopState>();
  useEffect(() => {
    let wanted = true;
    void tryOrTell(() => shell.call('desktop.state', {})).then((state) => {
      if (wanted) setDesktop(state);
    });
    return () => void (wanted = false);
  }, [shell]);
  const change = async (part: Change) => {
    const state = await tryOrTell(() => shell.call('desktop.change', part));
    if (state) setDesktop(state);
  };
  return [desktop, (part) => void change(part)];
};

/** Whether mail arrives without a window, and from when on. */
export const StayingSection = () => {
  const [desktop, change] = useDesktop();
  if (!desktop) return null;
  return (
    <PageSection title="While the window is closed">
      <div>
        <Switch
          label="Go on receiving"
          hint={`Closing the window does not end Posthorn. ${unseenWords(desktop.tray)}`}
          checked={desktop.receivesWhenClosed}
          onChange={(receivesWhenClosed) => change({ receivesWhenClosed })}
          testId="settings-receive-closed"
        />
      </div>
      <div>
        <Switch
          label="Start when I log in"
          hint="Without a window. No mail arrives until you have given your passphrase, unless the keyring of this computer keeps it: then mail arrives at once, and the window stays locked."
          checked={desktop.startsAtLogin}
          onChange={(startsAtLogin) => change({ startsAtLogin })}
          testId="settings-start-at-login"
        />
      </div>
      <div>
        <Switch
          label="Ask before quitting"
          hint="And say what ends with Posthorn."
          checked={desktop.asksBeforeQuit}
          onChange={(asksBeforeQuit) => change({ asksBeforeQuit })}
          testId="settings-ask-quit"
        />
      </div>
    </PageSection>
  );
};
