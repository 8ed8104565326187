import { PosthornError } from '../../../../../shared/errors';
import type { CoreEvent } from '../../../../../shared/contract/core-events';
import type { IdentityId } from '../../../../../shared/ids';
import type { Unsubscribe } from '../../../ports/runtime';
import { findMailbox, type Account } from './account-of';

/**
 * Calls `changed` after every commit that gave the mailbox another MODSEQ, and once when it is gone. Each commit is
 * told of by some event of its identity; which mailboxes it touched, the MODSEQ knows.
 */
export function watchMailbox(account: Account, id: string, changed: () => void): Unsubscribe {
  const { id: identityId } = account.mail.identity();
  let known = modseqOf(account, id);
  let isWaiting = false;
  let isOver = false;
  const look = (): void => {
    isWaiting = false;
    if (isOver) return;
    const now = modseqOf(account, id);
    if (now === known) return;
    known = now;
    changed();
  };
  const unsubscribe = account.services.events.subscribe((event) => {
    if (known === undefined || isWaiting || !isOf(event, identityId)) return;
    isWaiting = true;
    // A commit may tell of hundreds of messages: it is looked at once, when all is told.
    queueMicrotask(look);
  });
  return () => {
    isOver = true;
    unsubscribe();
  };
}

/** Undefined when the mailbox is gone, or the identity is closed. */
function modseqOf(account: Account, id: string): number | undefined {
  try {
    const found = findMailbox(account, id);
    return found && account.mail.mailboxes.state(found.id).highestModseq;
  } catch (error) {
    if (error instanceof PosthornError) return undefined;
    throw error;
  }
}

/** Whether the event may tell of mail of this identity. */
function isOf(event: CoreEvent, identityId: IdentityId): boolean {
  switch (event.type) {
    case 'message.stored':
    case 'message.changed':
      return event.message.identityId === identityId;
    case 'message.removed':
    case 'mailboxes.changed':
    case 'mailbox.removed':
    case 'identity.removed':
      return event.identityId === identityId;
    case 'profile.changed':
      return true;
    default:
      return false;
  }
}
