import { copyText } from '../../../actions/window/copy-text';
import { useServices } from '../../../state/services';
import { Button } from '../../../ui/Button';
import settings from '../settings.module.css';
import styles from './programs.module.css';

export type FactProps = { readonly name: string; readonly value: string; readonly testId: string };

/** Something to type into another program, or to copy. */
export const Fact = ({ name, value, testId }: FactProps) => {
  const services = useServices();
  const copy = () => void copyText(services, { text: value, said: `${name} copied` });
  return (
    <div className={styles.fact}>
      <div className={styles.factWords}>
        <p className={settings.hint}>{name}</p>
        <p className={styles.value} dir="ltr" data-selectable data-testid={testId}>
          {value}
        </p>
      </div>
      <Button onClick={copy} aria-label={`Copy: ${name}`}>
        Copy
      </Button>
    </div>
  );
};
