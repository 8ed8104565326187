import type { ControlTable } from '../control/control-message';
import type { CollectProgress } from '../custody/recipient/collect-progress';
import type { GapWatch } from '../custody/recipient/gap-watch';
import type { FollowUps } from './follow-ups';

/** Who hears of mail that arrives. */
export type Arrivals = {
  readonly controlTable: ControlTable;
  readonly followUps: FollowUps;
  /** What the sender of a held envelope says of others that went to holders. */
  readonly gaps: Pick<GapWatch, 'envelopeCame'>;
  /** What holders hand over. */
  readonly collected: Pick<CollectProgress, 'handedOver'>;
};
