import { Download } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Icon } from '../../../ui/Icon';
import { useFileDrop } from '../../../ui/use-file-drop';
import { BatchList } from './BatchList';
import styles from '../cards.module.css';
import { ScanAnnouncer } from './ScanAnnouncer';
import { ScanResult } from './ScanResult';
import { ScanWays } from './ScanWays';
import type { Way } from './ScanWays';
import type { Scan } from './use-scan';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/** Ctrl+V anywhere in the dialog: a picture of a code, a file, or the text of a card. */
const usePaste = (scan: Scan): void => {
  const paste = useEffectEvent((event: ClipboardEvent) => {
    const data = event.clipboardData;
    if (data === null) return;
    const [file] = data.files;
    const text = data.getData('text/plain').trim();
    if (file === undefined && (text === '' || isTyping(event.target))) return;
    event.preventDefault();
    void (file === undefined ? scan.takeText(text) : scan.takeFile(file));
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    document.addEventListener('paste', listener);
    return () => document.removeEventListener('paste', listener);
  }, []);
};

/** The inside of the scanner: files can be dropped anywhere on it. */
export const ScanArea = ({ scan }: { readonly scan: Scan }) => {
  const { over, handlers } = useFileDrop(([file]) => {
    if (file !== undefined) void scan.takeFile(file);
  });
  // Kept over a result: «Scan again» goes on where the person was.
  const [way, setWay] = useState<Way>('camera');
  usePaste(scan);
  const choose = (next: Way) => {
    setWay(next);
    // What went wrong in the one way is no news in the other.
    if (scan.step.kind === 'problem' || scan.step.kind === 'failed') scan.again();
  };
  const { kind } = scan.step;
  const waysShown = kind === 'look' || kind === 'busy' || kind === 'problem' || kind === 'failed';
  return (
    <div className={styles.area} role="presentation" {...handlers} data-testid="scan-area" data-step={kind}>
      {waysShown ? <ScanWays scan={scan} way={way} onWay={choose} /> : <ScanResult scan={scan} />}
      {scan.many && <BatchList batch={scan.batch} identityId={scan.request.identityId} />}
      <ScanAnnouncer scan={scan} />
      {over && (
        <div className={styles.cover}>
          <Icon icon={Download} size={24} />
          Drop the picture or card
        </div>
      )}
    </div>
  );
};
