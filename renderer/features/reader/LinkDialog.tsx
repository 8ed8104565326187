import { Copy } from 'lucide-react';
import { linkEnds } from '../../../shared/link/link-ends';
import { linkWarnings } from '../../../shared/link/link-warnings';
import { copyText } from '../../actions/window/copy-text';
import { useLinkQuestion } from '../../state/questions/link-question';
import { useServices } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/dialogs/Dialog';
import styles from './LinkDialog.module.css';
import { linkEndWords, linkWarningWords } from './link-words';

const close = (): void => useLinkQuestion.setState({ link: undefined });

/** Where a pressed link leads. Posthorn opens nothing by itself: a browser would tell the world who reads here. */
export const LinkDialog = () => {
  const services = useServices();
  const link = useLinkQuestion((question) => question.link);
  if (!link) return null;
  const copy = () => {
    void copyText(services, { text: link.url, said: 'Link copied' });
    close();
  };
  return (
    <Dialog
      open
      onOpenChange={close}
      title="This link leads to"
      description="Posthorn does not open links. Copy it, and open it where it cannot give you away, such as in Tor Browser."
      testId="link-dialog"
      footer={
        <>
          <Button onClick={close}>Close</Button>
          <Button tone="primary" icon={Copy} onClick={copy} data-testid="copy-link">
            Copy link
          </Button>
        </>
      }
    >
      <p className={styles.url} dir="ltr" data-selectable data-testid="link-url">
        {link.url}
      </p>
      {linkEnds(link.url).map(({ kind, names }) => (
        <p key={kind} className={styles.to}>
          {`${linkEndWords[kind]}: `}
          <strong dir="ltr" data-selectable data-testid={`link-${kind}`}>
            {names.join(', ')}
          </strong>
        </p>
      ))}
      {linkWarnings(link.words, link.url).map((warning) => (
        <div key={warning} className={styles.warning} data-testid="link-warning" data-warning={warning}>
          <Banner tone="warning">{linkWarningWords[warning]}</Banner>
        </div>
      ))}
    </Dialog>
  );
};
