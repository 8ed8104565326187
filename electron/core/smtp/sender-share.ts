import { MAX_SMTP_CONNECTIONS_PER_SENDER } from '../domain/limits';
import { chooseSlowest } from './choose-who-gives-way';
import { listenerReplies } from './listener-replies';
import type { OnionSmtpConnection } from './onion-smtp-connection';

/**
 * Whether one more connection may speak for a sender. Who a connection speaks for is not proved, so those who only hold a place in
 * another's name give way to the next: a contact is not kept out by peers who claim their name and say nothing.
 */
export function hasRoomForSender(o: { connection: OnionSmtpConnection; sender: string | undefined; others: Iterable<OnionSmtpConnection> }): boolean {
  if (o.sender === undefined) return true;
  const same = [...o.others].filter((other) => other !== o.connection && other.sender === o.sender);
  if (same.length < MAX_SMTP_CONNECTIONS_PER_SENDER) return true;
  const slowest = chooseSlowest(same, (each) => each.progress());
  slowest?.giveWay(listenerReplies.tooSlow);
  return slowest !== undefined;
}
