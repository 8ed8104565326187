import { formatSpan } from '../../words/format';
import type { Words } from '../../words/tone';
import { torPhaseWords, torWarningWords } from '../../words/tor-words';
import type { TorStatus } from '../../../shared/tor-status';

/** What the bar says: two or three words, and how loud. `progress` in percent while tor is on its way. */
export type TorSummary = {
  readonly title: string;
  readonly tone: Words['tone'];
  readonly progress: number | undefined;
};

const ON_THE_WAY: readonly TorStatus['phase'][] = ['starting', 'connecting', 'restarting'];

/** Sums tor's state up for one line; `undefined` is a core that has not said yet. */
export const torSummary = (status: TorStatus | undefined): TorSummary => {
  if (status === undefined) return { title: 'Starting', tone: 'neutral', progress: undefined };
  const progress = ON_THE_WAY.includes(status.phase) ? status.progress : undefined;
  // A warning of an earlier moment means nothing once tor is connected.
  if (status.warning !== undefined && status.phase !== 'online') {
    const { title, tone } = torWarningWords[status.warning];
    return { title, tone, progress };
  }
  const { title, tone } = torPhaseWords[status.phase];
  return {
    title: progress === undefined || status.phase !== 'connecting' ? title : `${title} ${progress} %`,
    tone,
    progress,
  };
};

/** Everything that the details say, in the order of reading. */
export const torDetails = (
  status: TorStatus,
  now: number,
): { readonly sentences: readonly string[]; readonly advice: readonly string[] } => {
  const warning =
    status.phase === 'online' || status.warning === undefined ? undefined : torWarningWords[status.warning];
  const phase = warning === undefined ? torPhaseWords[status.phase].sentence : warning.sentence;
  const doing =
    warning === undefined && status.phase === 'connecting' && status.summary !== ''
      ? [`${upperFirst(status.summary)}.`]
      : [];
  return { sentences: [phase, ...doing, ...retrySentence(status, now)], advice: warning?.advice ?? [] };
};

const retrySentence = ({ retryAt }: TorStatus, now: number): readonly string[] =>
  retryAt !== undefined && retryAt > now ? [`Next try in ${formatSpan(retryAt - now)}.`] : [];

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '');
