import type { MailServer } from '../ports/gateway';
import { handOver } from './hand-over';
import { listenForLmtp } from './lmtp-server';

/** The mail server beside the gateway: LMTP from it, SMTP to it, both on loopback. */
export function createMailServer(): MailServer {
  return { listen: listenForLmtp, handOver };
}
