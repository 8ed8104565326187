import { copyText } from '../../../actions/window/copy-text';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import { TextArea } from '../../../ui/fields/TextArea';
import type { SetupFile } from './program-setup';
import settings from '../settings.module.css';
import styles from './programs.module.css';

/** Lines that are seen of a long file at once. */
const MOST_ROWS = 10;

/** A file to copy as it is. */
export const SetupFileBox = ({ file: { name, text } }: { readonly file: SetupFile }) => {
  const services = useServices();
  const copy = () => void copyText(services, { text, said: 'File copied' });
  return (
    <section className={styles.file} aria-label={name}>
      <div className={settings.foot}>
        <code>{name}</code>
        <Button onClick={copy} aria-label={`Copy: ${name}`}>
          Copy
        </Button>
      </div>
      <TextArea
        label={`Contents of ${name}`}
        hideLabel
        readOnly
        mono
        rows={Math.min(MOST_ROWS, text.split('\n').length)}
        dir="ltr"
        wrap="off"
        value={text}
      />
    </section>
  );
};
