import type { ScanStep } from './use-scan';

/** Whether the scan came to a card that is not whose it should be, or that imitates somebody's. */
export const isWarning = (step: ScanStep): boolean => {
  if (step.kind === 'verified') return step.contact.standing.kind === 'mismatch';
  if (step.kind !== 'read') return false;
  const { reading } = step;
  if (reading.outcome === 'other-address' || reading.outcome === 'other-key') return true;
  return (reading.outcome === 'new' || reading.outcome === 'refused') && reading.lookAlike !== undefined;
};
