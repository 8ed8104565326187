import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { changeSettings } from '../../actions/profile/change-settings';
import { PageSection } from '../../parts/PageFrame';
import { useTask } from '../../parts/use-task';
import { useServices } from '../../state/services';
import { useSettings } from '../../state/settings';
import { showToast } from '../../state/toasts';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { TextArea } from '../../ui/fields/TextArea';
import { parseBridgeLines } from './bridge-lines';
import styles from './settings.module.css';

/** Bridges for networks that block Tor: one line each. */
export const BridgesSection = () => {
  const bridges = useSettings((state) => state.settings.bridges);
  // A change from elsewhere begins a fresh form.
  return (
    <PageSection title="Bridges">
      <BridgesForm key={bridges.join('\n')} bridges={bridges} />
    </PageSection>
  );
};

const BridgesForm = ({ bridges }: { readonly bridges: readonly string[] }) => {
  const services = useServices();
  const task = useTask();
  const [text, setText] = useState(bridges.join('\n'));
  const [tried, setTried] = useState(false);
  const { lines, problems } = parseBridgeLines(text);
  const [first] = problems;
  const changed = lines.join('\n') !== bridges.join('\n');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.length > 0) return;
    void task.run(async () => {
      await changeSettings(services, { bridges: [...lines] });
      showToast({ text: lines.length === 0 ? 'Tor connects directly now' : 'Tor uses these bridges now' });
    });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextArea
        label="Bridge lines, one each"
        mono
        rows={4}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => setTried(true)}
        error={tried && first !== undefined ? `Line ${first.line} ${first.problem}.` : undefined}
        hint="For networks that block Tor. Ask for bridges at bridges.torproject.org or write to bridges@torproject.org; leave empty to connect directly."
        placeholder="obfs4 192.0.2.1:443 0123456789ABCDEF0123456789ABCDEF01234567 cert=… iat-mode=0"
        spellCheck={false}
        wrap="off"
        data-testid="settings-bridges"
      />
      {task.error !== undefined && <Banner tone="danger">{task.error}</Banner>}
      <div className={styles.foot}>
        <span className={styles.hint}>{bridges.length === 0 ? 'Connecting directly' : `${bridges.length} in use`}</span>
        <Button type="submit" tone="primary" disabled={!changed} busy={task.busy} data-testid="settings-bridges-save">
          Save bridges
        </Button>
      </div>
    </form>
  );
};
