import { useEffect, useState } from 'react';
import { useUnannounced } from './state/unannounced';
import { VisuallyHidden } from './ui/VisuallyHidden';

/** Says «New message» to screen readers when mail arrives. */
export const NewMailAnnouncer = () => {
  const [words, setWords] = useState('');
  useEffect(
    () =>
      useUnannounced.subscribe(({ count }, former) => {
        if (count > former.count) setWords(count === 1 ? 'New message' : `${String(count)} new messages`);
      }),
    [],
  );
  return (
    <VisuallyHidden>
      <span aria-live="polite" data-testid="new-mail-announcer">
        {words}
      </span>
    </VisuallyHidden>
  );
};
