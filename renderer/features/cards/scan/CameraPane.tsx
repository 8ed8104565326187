import { Camera, CameraOff } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { changeSettings } from '../../../actions/profile/change-settings';
import { tryOrTell } from '../../../actions/window/try-or-tell';
import { useServices } from '../../../state/services';
import { useSettings } from '../../../state/settings';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import { Spinner } from '../../../ui/Spinner';
import styles from '../cards.module.css';
import { startCamera } from './start-camera';
import type { CameraState } from './start-camera';
import type { Scan } from './use-scan';

export type CameraPaneProps = { readonly scan: Scan; readonly onOtherWay: () => void };

/** The camera's picture, once the person has agreed to it. */
export const CameraPane = ({ scan, onOtherWay }: CameraPaneProps) => {
  const allowed = useSettings(({ settings }) => settings.cameraAllowed);
  return allowed ? <LiveCamera scan={scan} onOtherWay={onOtherWay} /> : <CameraQuestion onOtherWay={onOtherWay} />;
};

const CameraQuestion = ({ onOtherWay }: { readonly onOtherWay: () => void }) => {
  const services = useServices();
  return (
    <div className={styles.pane} data-testid="camera-question">
      <Icon icon={Camera} size={28} />
      <h3>Scan with the camera?</h3>
      <p>
        Hold their code in front of the camera of this computer. The picture never leaves it: it is looked at for a code
        and thrown away, there is no sound, and the camera goes off as soon as a code is found or you go elsewhere.
        Posthorn asks this once.
      </p>
      <div className={styles.buttons}>
        <Button onClick={onOtherWay}>Another way</Button>
        <Button
          tone="primary"
          icon={Camera}
          onClick={() => void tryOrTell(() => changeSettings(services, { cameraAllowed: true }))}
          data-testid="camera-allow"
        >
          Use the camera
        </Button>
      </div>
    </div>
  );
};

type Trouble = Exclude<CameraState, 'starting' | 'live'>;

const trouble: Readonly<Record<Trouble, { readonly title: string; readonly text: string }>> = {
  denied: {
    title: 'The desktop keeps the camera from Posthorn',
    text: 'Allow Posthorn to use the camera in the privacy settings of your system, then try again.',
  },
  none: {
    title: 'No camera found',
    text: 'Plug one in and try again, or use a picture of the code, the screen, or the address as text.',
  },
  busy: {
    title: 'The camera cannot be used now',
    text: 'Another program may be using it, or it was unplugged. Close that program and try again.',
  },
};

const LiveCamera = ({ scan, onOtherWay }: CameraPaneProps) => {
  const { shell } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraState>('starting');
  const [tries, setTries] = useState(0);
  const { reader, takeText } = scan;
  const onCode = useCallback((text: string) => void takeText(text), [takeText]);
  const wanted = scan.step.kind !== 'busy' || scan.many;
  useEffect(() => {
    if (video.current === null || !wanted) return undefined;
    return startCamera({ shell, video: video.current, reader, onState: setState, onCode });
  }, [shell, reader, onCode, wanted, tries]);
  if (state !== 'starting' && state !== 'live')
    return (
      <CameraTrouble
        state={state}
        onOtherWay={onOtherWay}
        onRetry={() => {
          setState('starting');
          setTries(tries + 1);
        }}
      />
    );
  return (
    <div className={styles.camera} data-testid="camera" data-state={state}>
      {/* Muted and without captions: there is never any sound. */}
      <video ref={video} muted playsInline aria-label="What the camera sees" />
      <span className={styles.frame} aria-hidden />
      <p className={styles.cameraHint}>
        {state === 'starting' ? (
          <>
            <Spinner size={14} /> The camera is starting…
          </>
        ) : (
          'Hold the whole code into the frame.'
        )}
      </p>
    </div>
  );
};

const CameraTrouble = ({
  state,
  onOtherWay,
  onRetry,
}: {
  readonly state: Trouble;
  readonly onOtherWay: () => void;
  readonly onRetry: () => void;
}) => (
  <div className={styles.pane} role="status" data-testid="camera-trouble" data-state={state}>
    <Icon icon={CameraOff} size={28} />
    <h3>{trouble[state].title}</h3>
    <p>{trouble[state].text}</p>
    <div className={styles.buttons}>
      <Button onClick={onOtherWay}>Another way</Button>
      <Button tone="primary" onClick={onRetry} data-testid="camera-retry">
        Try again
      </Button>
    </div>
  </div>
);
