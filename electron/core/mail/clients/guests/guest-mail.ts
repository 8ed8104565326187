import type { CoreEvent } from '../../../../../shared/contract/core-events';
import type { Guests as GuestRecords, KeptGuest } from '../../../ports/storage/guests';
import type { MailStore } from '../../../ports/storage/mail-store';
import type { Events, Log } from '../../../ports/runtime';
import type { Changes } from '../../mailbox';

/** The open mail of one guest, as far as their host can read it. */
export type GuestMail = MailStore & {
  /** As they are kept now. */
  readonly guest: () => KeptGuest;
  readonly identity: () => Pick<KeptGuest, 'id' | 'address'>;
  readonly changes: Changes;
  /** What happens to this mail; the windows do not hear of it. */
  readonly events: Events;
};

/** Of what the store of a guest is told nothing follows: they have no contacts here and no holders. */
const nothingFollows: Changes = {
  queued: () => undefined,
  contacts: () => undefined,
  custody: () => undefined,
  online: () => undefined,
  lists: () => undefined,
  delivery: () => undefined,
  arrived: () => undefined,
};

/** Opens the mail of a guest. Throws `identity-unknown`, `store-damaged`. */
export function openGuestMail(guests: GuestRecords, kept: KeptGuest, log: Pick<Log, 'error'>): GuestMail {
  const events = ownEvents(log);
  const guest = (): KeptGuest => guests.list().find(({ id }) => id === kept.id) ?? kept;
  return { ...guests.openMail(kept.id, events), guest, identity: guest, changes: nothingFollows, events };
}

function ownEvents(log: Pick<Log, 'error'>): Events {
  const listeners = new Set<(event: CoreEvent) => void>();
  return {
    publish: (event) => {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch {
          // The event tells of committed state: a listener's fault must not look like a failed commit.
          log.error('guest.listener-failed');
        }
      }
    },
    subscribe: (listener) => {
      const own = (event: CoreEvent): void => {
        listener(event);
      };
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
