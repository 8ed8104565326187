import type { CoreEvent } from '../../../../shared/contract/core-events';
import type { IdentityId } from '../../../../shared/ids';
import type { MailboxSummary } from '../../../../shared/mailbox';
import type { Events, Log } from '../../ports/runtime';

export type Announcer = {
  /** Publishes committed events, and `mailboxes.changed` behind them with those that differ. Never throws. */
  committed(events: readonly CoreEvent[]): void;
};

/**
 * The committed write stands whatever happens here, so a listener or a count that fails is logged and goes no further:
 * the caller would otherwise believe that its mail was not stored.
 */
export function createAnnouncer(o: {
  readonly identityId: IdentityId;
  readonly events: Pick<Events, 'publish'>;
  /** Those that a change has touched since this MODSEQ, and the newest MODSEQ there is. */
  readonly touchedSince: (modseq: number) => { readonly mailboxes: readonly MailboxSummary[]; readonly modseq: number };
  readonly log?: Log;
}): Announcer {
  const first = o.touchedSince(-1);
  const told = new Map(first.mailboxes.map((mailbox) => [mailbox.id, JSON.stringify(mailbox)]));
  let { modseq } = first;
  const announceMailboxes = (): void => {
    const touched = o.touchedSince(modseq);
    ({ modseq } = touched);
    const mailboxes = touched.mailboxes.filter((mailbox) => told.get(mailbox.id) !== JSON.stringify(mailbox));
    if (mailboxes.length === 0) return;
    for (const mailbox of mailboxes) told.set(mailbox.id, JSON.stringify(mailbox));
    o.events.publish({ type: 'mailboxes.changed', identityId: o.identityId, mailboxes });
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
      for (const event of events) if (event.type === 'mailbox.removed') told.delete(event.mailboxId);
      guarded(announceMailboxes);
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
