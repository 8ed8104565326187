import { defaultHoldTerms } from '../../../shared/custody';
import type { HoldTerms } from '../../../shared/custody';

const MIB = 1024 * 1024;

type Choice = { readonly value: string; readonly label: string };

/** How much somebody is asked to keep; values in bytes. */
export const quotaChoices: readonly Choice[] = [
  { value: String(50 * MIB), label: '50 MB' },
  { value: String(100 * MIB), label: '100 MB' },
  { value: String(250 * MIB), label: '250 MB' },
  { value: String(1_024 * MIB), label: '1 GB' },
];

/** How long each message is kept; values in days. */
export const dayChoices: readonly Choice[] = [
  { value: '7', label: '7 days' },
  { value: '20', label: '20 days' },
  { value: '30', label: '30 days' },
];

/** What is asked for; large messages never longer than all others. */
export const chosenTerms = ({ quota, days }: { readonly quota: string; readonly days: string }): HoldTerms => ({
  quotaBytes: Number(quota),
  days: Number(days),
  largeDays: Math.min(Number(days), defaultHoldTerms.largeDays),
});
