import { postfixConfig } from '../../domain/gateway/postfix-config';
import type { Mailbox } from '../mailbox';
import { requirePlan } from './require-plan';

/** Lines for the configuration of the Postfix beside this gateway. Throws `invalid-call` before it was set. */
export function postfixConfigOf(mailbox: Pick<Mailbox, 'relay'>): string {
  return postfixConfig(requirePlan(mailbox));
}
