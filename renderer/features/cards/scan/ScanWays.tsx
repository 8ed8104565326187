import { Camera, Image, Keyboard, Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import { Banner } from '../../../ui/Banner';
import { Icon } from '../../../ui/Icon';
import type { IconType } from '../../../ui/Icon';
import { Spinner } from '../../../ui/Spinner';
import { Switch } from '../../../ui/fields/Switch';
import { scanProblemWords } from '../../../words/card-words';
import { CameraPane } from './CameraPane';
import styles from '../cards.module.css';
import { PicturePane } from './PicturePane';
import { ScreenPane } from './ScreenPane';
import { TextPane } from './TextPane';
import type { Scan } from './use-scan';

/** Where a card comes from. */
export type Way = 'camera' | 'picture' | 'screen' | 'text';

const ways: readonly { readonly way: Way; readonly label: string; readonly icon: IconType }[] = [
  { way: 'camera', label: 'Camera', icon: Camera },
  { way: 'picture', label: 'Picture or file', icon: Image },
  { way: 'screen', label: 'Screen', icon: Monitor },
  { way: 'text', label: 'Text', icon: Keyboard },
];

const panes: Readonly<Record<Way, (scan: Scan, show: (way: Way) => void) => ReactNode>> = {
  camera: (scan, show) => <CameraPane scan={scan} onOtherWay={() => show('picture')} />,
  picture: (scan) => <PicturePane scan={scan} />,
  screen: (scan) => <ScreenPane scan={scan} />,
  text: (scan) => <TextPane scan={scan} />,
};

/** The four ways in which a card can come in, and what went wrong with the last try. */
export const ScanWays = ({
  scan,
  way,
  onWay,
}: {
  readonly scan: Scan;
  readonly way: Way;
  readonly onWay: (way: Way) => void;
}) => {
  const { step } = scan;
  return (
    <>
      <div className={styles.ways} role="radiogroup" aria-label="Where the card is">
        {ways.map(({ way: one, label, icon }) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={way === one}
            onClick={() => onWay(one)}
            data-testid={`scan-way-${one}`}
          >
            <Icon icon={icon} size={15} />
            {label}
          </button>
        ))}
      </div>
      {step.kind === 'problem' && (
        <Banner tone="warning" testId="scan-problem">
          <strong>{scanProblemWords[step.problem].title}.</strong> {scanProblemWords[step.problem].sentence}
        </Banner>
      )}
      {step.kind === 'failed' && <Banner tone="danger">{step.sentence}</Banner>}
      {panes[way](scan, onWay)}
      {step.kind === 'busy' && (
        <p className={styles.busy}>
          <Spinner size={14} /> Looking for the code and comparing it with what is known…
        </p>
      )}
      {scan.request.expected === undefined && (
        <Switch
          label="Several people"
          hint="At a meeting: keep scanning, then verify everybody at once."
          checked={scan.many}
          onChange={scan.setMany}
          testId="scan-many"
        />
      )}
    </>
  );
};
