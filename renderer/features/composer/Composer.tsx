import { useEffect, useState } from 'react';
import { errorWords } from '../../words/error-words';
import { closeComposer, useComposeRequest } from '../../state/compose';
import type { ComposeRequest } from '../../state/compose';
import { useCore } from '../../state/services';
import { Banner } from '../../ui/Banner';
import { Spinner } from '../../ui/Spinner';
import { beginDraft } from './draft/begin-draft';
import type { StartedDraft } from './draft/begin-draft';
import styles from './Composer.module.css';
import { ComposeForm } from './ComposeForm';
import { ComposeWindow } from './ComposeWindow';

/** One open composer: reads what it starts from, then lets the person write. */
export const Composer = ({ composeId }: { readonly composeId: string }) => {
  const request = useComposeRequest(composeId);
  return request === undefined ? null : <RequestedComposer composeId={composeId} request={request} />;
};

const RequestedComposer = ({
  composeId,
  request,
}: {
  readonly composeId: string;
  readonly request: ComposeRequest;
}) => {
  const core = useCore();
  const [start, setStart] = useState<StartedDraft>();
  const [error, setError] = useState<string>();
  useEffect(() => {
    let wanted = true;
    beginDraft(core, request).then(
      (begun) => wanted && setStart(begun),
      (cause: unknown) => wanted && setError(errorWords(cause)),
    );
    return () => void (wanted = false);
  }, [core, request]);
  if (start !== undefined) return <ComposeForm composeId={composeId} start={start} />;
  return (
    <ComposeWindow composeId={composeId} title="Message" onClose={() => closeComposer(composeId)}>
      <div className={styles.waiting}>
        {error === undefined ? <Spinner label="Opening" /> : <Banner tone="danger">{error}</Banner>}
      </div>
    </ComposeWindow>
  );
};
