import { ClipboardPaste, Image, ImagePlus } from 'lucide-react';
import { useRef } from 'react';
import type { ChangeEvent } from 'react';
import { tryOrTell } from '../../../actions/window/try-or-tell';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { Icon } from '../../../ui/Icon';
import styles from '../cards.module.css';
import type { Scan } from './use-scan';

/** A picture of a code or a card as a file: chosen, dropped or pasted. */
export const PicturePane = ({ scan }: { readonly scan: Scan }) => {
  const { shell } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    // The same file again is a choice too.
    if (file !== undefined) void scan.takeFile(file).finally(() => input.current && (input.current.value = ''));
  };
  const paste = async () => {
    const found = await tryOrTell(() => shell.call('clipboard.read', {}));
    if (found?.png !== undefined) await scan.takePicture(new Blob([new Uint8Array(found.png)], { type: 'image/png' }));
    else if (found?.text !== undefined) await scan.takeText(found.text.trim());
    else if (found !== undefined) scan.fail('clipboard-empty');
  };
  return (
    <div className={styles.pane} data-testid="picture-pane">
      <Icon icon={Image} size={28} />
      <h3>A picture of their code, or their card as a file</h3>
      <p>
        Drop it anywhere here, paste it with Ctrl+V, or choose it: a photograph or screenshot, a .vcf or a .txt file.
      </p>
      <div className={styles.buttons}>
        <Button icon={ClipboardPaste} onClick={() => void paste()} data-testid="scan-paste">
          Paste
        </Button>
        <Button tone="primary" icon={ImagePlus} onClick={() => input.current?.click()} data-testid="scan-choose">
          Choose a file…
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/bmp,.vcf,.vcard,.txt,.asc"
        hidden
        onChange={choose}
        aria-label="Picture or card"
        data-testid="scan-file"
      />
    </div>
  );
};
