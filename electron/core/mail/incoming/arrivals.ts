import type { ControlTable } from '../control/control-message';
import type { CollectProgress } from '../custody/recipient/collect-progress';
import type { GapWatch } from '../custody/recipient/gap-watch';
import type { SignerQuestions } from '../trust/signer-questions';
import type { FollowUps } from './follow-ups';

/** The parts of an identity that hear of mail that arrives. */
export type Arrivals = {
  readonly controlTable: ControlTable;
  readonly followUps: FollowUps;
  /** Asks whose key has signed what carries none. */
  readonly signers: Pick<SignerQuestions, 'ask'>;
  /** Hears what the sender of a held envelope says of others that are with holders. */
  readonly gaps: Pick<GapWatch, 'envelopeCame'>;
  /** Counts what holders hand over. */
  readonly collected: Pick<CollectProgress, 'handedOver'>;
};
