import { useEffect, useState } from 'react';
import { newMailWords } from '../shared/arrival/new-mail-words';
import { useUnannounced } from './state/unannounced';
import { VisuallyHidden } from './ui/VisuallyHidden';

/** Says «One new message» to screen readers when mail arrives. */
export const NewMailAnnouncer = () => {
  const [words, setWords] = useState('');
  useEffect(
    () =>
      useUnannounced.subscribe((mail, former) => {
        if (mail.count > former.count) setWords(newMailWords(mail));
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
