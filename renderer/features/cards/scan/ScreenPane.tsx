import { Monitor } from 'lucide-react';
import { useState } from 'react';
import { tryOrTell } from '../../../actions/window/try-or-tell';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import styles from '../cards.module.css';
import { CropPicture } from '../codes/CropPicture';
import type { Scan } from './use-scan';

/** A code that is on the screen, in a browser or a video call: the whole screen first, then a part of it. */
export const ScreenPane = ({ scan }: { readonly scan: Scan }) => {
  const { shell } = useServices();
  const [screen, setScreen] = useState<Blob>();
  const capture = async () => {
    const taken = await tryOrTell(() => shell.call('screen.capture', {}));
    if (taken === undefined) return;
    if (taken.png === undefined) {
      scan.fail('screen-refused');
      return;
    }
    const picture = new Blob([new Uint8Array(taken.png)], { type: 'image/png' });
    if (!(await scan.takePicture(picture))) setScreen(picture);
  };
  if (screen !== undefined)
    return (
      <CropPicture
        picture={screen}
        onCrop={(crop) => void scan.takePicture(screen, crop)}
        onAnew={() => void capture()}
      />
    );
  return (
    <div className={styles.pane} data-testid="screen-pane">
      <Icon icon={Monitor} size={28} />
      <h3>A code on this screen</h3>
      <p>
        Bring the code into view, in a browser, a document or a video call. Posthorn’s window hides for a moment and
        looks at the screen once; the picture is not kept.
      </p>
      <div className={styles.buttons}>
        <Button tone="primary" icon={Monitor} onClick={() => void capture()} data-testid="scan-screen">
          Take a picture of my screen
        </Button>
      </div>
    </div>
  );
};
