import { readingState } from '../../../words/card-words';
import { VisuallyHidden } from '../../../ui/VisuallyHidden';
import type { Scan } from './use-scan';

const sentenceOf = ({ step, many, batch }: Scan): string => {
  if (step.kind === 'busy') return 'Looking for a code';
  if (step.kind === 'verified') return 'Verified';
  if (step.kind === 'read') return `Code found. ${readingState[step.reading.outcome]}`;
  const last = batch.rows.at(-1);
  return many && last !== undefined
    ? `${String(batch.rows.length)} scanned. ${readingState[last.reading.outcome]}`
    : '';
};

/** Tells screen readers what the scan came to; warnings and problems announce themselves. */
export const ScanAnnouncer = ({ scan }: { readonly scan: Scan }) => (
  <VisuallyHidden>
    <span role="status" aria-live="polite" data-testid="scan-announcer">
      {sentenceOf(scan)}
    </span>
  </VisuallyHidden>
);
