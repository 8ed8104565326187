import { PosthornError } from '../../../shared/errors';
import type { OpenIdentity } from './open-identity';
import type { Services } from './services';

/**
 * Tor is back: what failed while it was going, and mail to whoever came home meanwhile, need not wait out a retry time.
 * Never throws: a delivery whose time cannot be written keeps it.
 */
export function tryAllNow({ log }: Pick<Services, 'log'>, { mail, outbox }: Pick<OpenIdentity, 'mail' | 'outbox'>): void {
  try {
    for (const { id, nextTryAt } of mail.deliveries({ unfinishedOnly: true, withNotes: true })) {
      if (nextTryAt !== undefined) outbox.tryNow(id);
    }
  } catch (error) {
    log.error('outbox.not-hurried', { posthorn: error instanceof PosthornError });
  }
  outbox.wake();
}
