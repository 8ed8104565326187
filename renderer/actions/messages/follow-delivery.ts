import type { Delivery, MessageSummary } from '../../../shared/message';
import { deliveryReasonWords } from '../../words/delivery-words';
import type { Services } from '../../state/services';
import { showToast, useToasts } from '../../state/toasts';
import type { NameOf } from '../../queries/use-contacts';

/** How long a toast follows a message, in milliseconds: later nobody waits for it, and the Outbox tells the rest. */
const FOLLOW_FOR = 120_000;

/**
 * Shows a toast that follows a message just sent: sealing, waiting for somebody, delivered, or why not. `nameOf` says
 * whom it names.
 */
export const followDelivery = (
  { core, nameOf }: Pick<Services, 'core'> & { readonly nameOf: NameOf },
  message: MessageSummary,
): void => {
  const deliveries = new Map(message.deliveries.map((delivery) => [delivery.id, delivery]));
  let shown: { id: string; text: string } | undefined;
  const say = ({ text, failed }: DeliveryToast) => {
    if (shown?.text === text) return;
    if (shown !== undefined) useToasts.getState().dismiss(shown.id);
    shown = { id: showToast({ text, tone: failed ? 'danger' : 'info' }), text };
  };
  const stop = () => {
    clearTimeout(timer);
    unsubscribe();
  };
  const look = () => {
    const toast = toastFor([...deliveries.values()], (some) => namesOf(some, nameOf));
    say(toast);
    if (toast.over) stop();
  };
  const timer = setTimeout(() => stop(), FOLLOW_FOR);
  const unsubscribe = core.subscribe((event) => {
    if (event.type === 'profile.changed' && event.profile.state !== 'unlocked') stop();
    if (event.type !== 'delivery.changed' || event.delivery.messageId !== message.id) return;
    deliveries.set(event.delivery.id, event.delivery);
    look();
  });
  look();
};

type DeliveryToast = { readonly text: string; readonly failed: boolean; readonly over: boolean };

/** The names of the recipients of these deliveries, as words of a sentence. */
type Names = (deliveries: readonly Delivery[]) => string;

const toastFor = (deliveries: readonly Delivery[], names: Names): DeliveryToast => {
  const failed = deliveries.filter(({ state }) => state === 'failed');
  const [first] = failed;
  if (first !== undefined) {
    const reason = deliveryReasonWords[first.reason];
    return { text: `Not delivered to ${names(failed)}${reason === '' ? '' : `: ${reason}`}`, failed: true, over: true };
  }
  const open = deliveries.filter(({ state }) => state !== 'delivered' && state !== 'cancelled');
  if (open.length === 0) return { text: endWords(deliveries, names), failed: false, over: true };
  return { text: waitingWords(open, names), failed: false, over: false };
};

const endWords = (deliveries: readonly Delivery[], names: Names): string => {
  const delivered = deliveries.filter(({ state }) => state === 'delivered');
  return delivered.length === 0 ? 'Sending cancelled' : `Delivered to ${names(delivered)}`;
};

const waitingWords = (open: readonly Delivery[], names: Names): string => {
  const states = new Set(open.map(({ state }) => state));
  if (states.has('delivering')) return `Delivering to ${names(open)}…`;
  if (states.has('waiting-for-tor')) return 'In the Outbox: waiting for Tor';
  const unaccepted = open.filter(({ state, reason }) => state === 'waiting-for-key' && reason === 'key-unaccepted');
  if (unaccepted.length > 0)
    return `In the Outbox: ${names(unaccepted)} ${unaccepted.length === 1 ? 'has' : 'have'} another key than the one you verified`;
  if (states.has('waiting-for-key')) return `In the Outbox: fetching the key of ${names(open)}`;
  const kept = open.filter(({ state }) => state === 'held');
  if (kept.length === open.length) return `Kept for ${names(kept)} until they are online`;
  const away = open.filter(({ state }) => state !== 'held');
  return `In the Outbox: ${names(away)} ${away.length === 1 ? 'is' : 'are'} offline, Posthorn keeps trying`;
};

const namesOf = (deliveries: readonly Delivery[], nameOf: NameOf): string => {
  const names = deliveries.map(({ recipient }) => nameOf(recipient));
  return names.length <= 2 ? names.join(' and ') : `${names.length} people`;
};
