import { PosthornError } from '../../../../shared/errors';
import type { Outbox } from './deliver-outbox';
import type { Mailbox, Services } from '../mailbox';

/**
 * Tor is back: what failed while it was going, and mail to whoever came home meanwhile, need not wait out a retry time.
 * Never throws: a delivery whose time cannot be written keeps it.
 */
export function tryAllNow(
  { log }: Pick<Services, 'log'>,
  { mail, outbox }: Pick<Mailbox, 'mail'> & { readonly outbox: Pick<Outbox, 'tryNow' | 'wake'> },
): void {
  try {
    for (const { id, nextTryAt } of mail.deliveries({ unfinishedOnly: true, withControl: true })) {
      if (nextTryAt !== undefined) outbox.tryNow(id);
    }
  } catch (error) {
    log.error('outbox.not-hurried', { posthorn: error instanceof PosthornError });
  }
  outbox.wake();
}
