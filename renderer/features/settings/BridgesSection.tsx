import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { changeSettings } from '../../actions/profile/change-settings';
import { Choices } from '../../parts/Choices';
import { PageSection } from '../../parts/PageFrame';
import { useTask } from '../../parts/use-task';
import { useTorAbout } from '../../queries/use-tor-about';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';
import { showToast } from '../../state/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/fields/TextArea';
import { bridgeOptions, chosenIn, inForce, settingsFor } from './bridge-choice';
import type { BridgeSettings } from './bridge-choice';
import { parseBridgeLines } from './bridge-lines';
import styles from './settings.module.css';

/** Bridges for networks that block Tor: those that came along with it, or the person's own. */
export const BridgesSection = () => {
  const { builtInBridges, bridges } = useSettings((state) => state.settings);
  // A change from elsewhere begins a fresh form.
  return (
    <PageSection title="Bridges">
      <BridgesForm key={[builtInBridges, ...bridges].join('\n')} settings={{ builtInBridges, bridges }} />
    </PageSection>
  );
};

const BridgesForm = ({ settings }: { readonly settings: BridgeSettings }) => {
  const services = useServices();
  const about = useTorAbout();
  const task = useTask();
  const [choice, setChoice] = useState(chosenIn(settings));
  const [text, setText] = useState(settings.bridges.join('\n'));
  const [tried, setTried] = useState(false);
  const { lines, problem } = ownLines(text);
  const wanted = settingsFor(choice, choice === 'own' ? lines : settings.bridges);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (choice === 'own' && problem !== undefined) return;
    void task.run(async () => {
      await changeSettings(services, wanted);
      showToast({ text: inForce(wanted), about: 'bridges' });
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Choices
        legend="How Tor gets onto its network"
        value={choice}
        options={bridgeOptions(about)}
        onChange={setChoice}
        testId="settings-bridges"
      />
      {choice === 'own' && (
        <OwnBridges
          text={text}
          onChange={setText}
          onLeave={() => setTried(true)}
          problem={tried ? problem : undefined}
        />
      )}
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div className={styles.foot}>
        <span className={styles.hint} data-testid="settings-bridges-now">
          {inForce(settings)}
        </span>
        <Button
          type="submit"
          tone="primary"
          disabled={JSON.stringify(wanted) === JSON.stringify(settings)}
          busy={task.busy}
          data-testid="settings-bridges-save"
        >
          Save
        </Button>
      </div>
    </form>
  );
};

/** The lines as typed, and the first thing that is wrong with them. */
const ownLines = (text: string): { readonly lines: readonly string[]; readonly problem: string | undefined } => {
  const { lines, problems } = parseBridgeLines(text);
  const [first] = problems;
  if (first !== undefined) return { lines, problem: `Line ${first.line} ${first.problem}.` };
  return { lines, problem: lines.length === 0 ? 'Paste at least one line, or choose another way.' : undefined };
};

type OwnBridgesProps = {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly onLeave: () => void;
  readonly problem: string | undefined;
};

const OwnBridges = ({ text, onChange, onLeave, problem }: OwnBridgesProps) => (
  <TextArea
    label="Bridge lines, one each"
    mono
    rows={4}
    value={text}
    onChange={(event) => onChange(event.target.value)}
    onBlur={onLeave}
    error={problem}
    hint="Ask for bridges at bridges.torproject.org, or write to bridges@torproject.org."
    placeholder="obfs4 192.0.2.1:443 0123456789ABCDEF0123456789ABCDEF01234567 cert=… iat-mode=0"
    spellCheck={false}
    wrap="off"
    data-testid="settings-bridges"
  />
);
