import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { IdentityId } from '../../../../shared/ids';
import type { FolderCounts } from '../../../../shared/message';
import type { Events, Log } from '../../ports/runtime';

export type Announcer = {
  /** Publishes committed events, and `folders.changed` behind them when a count differs. Never throws. */
  committed(events: readonly CoreEvent[]): void;
};

/**
 * The committed write stands whatever happens here, so a listener or a count that fails is logged and goes no further:
 * the caller would otherwise believe that its mail was not stored.
 */
export function createAnnouncer(o: {
  readonly identityId: IdentityId;
  readonly events: Pick<Events, 'publish'>;
  readonly counts: () => FolderCounts;
  readonly log?: Log;
}): Announcer {
  let last = JSON.stringify(o.counts());
  const announceCounts = (): void => {
    const counts = o.counts();
    const now = JSON.stringify(counts);
    if (now === last) return;
    last = now;
    o.events.publish({ type: 'folders.changed', identityId: o.identityId, counts });
  };
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch {
      o.log?.error('store.announce-failed');
    }
  };
  return {
    committed: (events) => {
      for (const event of withoutRepeats(events)) guarded(() => o.events.publish(event));
      if (events.some(({ type }) => type.startsWith('message.'))) guarded(announceCounts);
    },
  };
}

/**
 * A commit may hold hundreds of held messages: that something changed there is told once, behind what it belongs to.
 */
function withoutRepeats(events: readonly CoreEvent[]): readonly CoreEvent[] {
  const last = events.map(({ type }) => type).lastIndexOf('holding.changed');
  return events.filter(({ type }, index) => type !== 'holding.changed' || index === last);
}
