import type { MessageId } from '../../../../shared/ids';
import type { MessageDetail } from '../../../../shared/message';
import type { OutsideAddress } from '../../../../shared/gateway/outside-address';
import { mailboxOf } from '../../domain/mail-address';
import { readRelayTag } from '../../domain/gateway/relay-tag';
import type { RelayedIn } from '../../ports/storage/gateway/relay-records';
import type { Mailbox } from '../mailbox';

/** Whom a letter to a gateway is for, as its signed header says. */
export type AskedRecipients = {
  readonly to: readonly OutsideAddress[];
  readonly cc: readonly OutsideAddress[];
  readonly bcc: readonly OutsideAddress[];
  /** A tag that stands for nobody. */
  readonly hasUnreadable: boolean;
  /** Nobody outside was asked for: it is for the person behind the gateway. */
  readonly isPersonal: boolean;
};

/** What a letter answers, if it is one that this gateway brought its writer. */
export function answeredLetter(
  { messages, relay }: Pick<Mailbox, 'messages' | 'relay'>,
  { messageId, from }: { readonly messageId: MessageId; readonly from: RelayedIn['participant'] },
): RelayedIn | undefined {
  const parent = messages.reference({ messageId })?.references.at(-1);
  const found = parent === undefined ? undefined : relay.findIn(parent);
  return found?.participant === from ? found : undefined;
}

/**
 * Reads the recipients. The bare address of the gateway stands for whom an answer goes to. The envelope does not count:
 * nobody has signed it.
 */
export function askedRecipients(
  { identity }: Pick<Mailbox, 'identity'>,
  { detail, answered }: { readonly detail: MessageDetail; readonly answered: RelayedIn | undefined },
): AskedRecipients {
  const gateway = identity().address;
  const tagsOf = (addresses: MessageDetail['bcc']) =>
    addresses.filter((address) => mailboxOf(address) === gateway).map(readRelayTag);
  const lists = [detail.summary.to, detail.summary.cc, detail.bcc].map(tagsOf);
  const answerable = answered?.correspondent;
  const taken = new Set<OutsideAddress>();
  const once = (address: OutsideAddress): OutsideAddress[] => {
    if (taken.has(address)) return [];
    taken.add(address);
    return [address];
  };
  const [to = [], cc = [], bcc = []] = lists.map((tags) =>
    tags.flatMap((tag) => {
      if (tag.kind === 'outside') return once(tag.address);
      if (answerable === undefined || tag.kind === 'unreadable') return [];
      return [answerable, ...(tag.kind === 'everybody' ? (answered?.others ?? []) : [])].flatMap(once);
    }),
  );
  const tags = lists.flat();
  const isAsked = tags.some(({ kind }) => kind !== 'none') || answerable !== undefined;
  return { to, cc, bcc, hasUnreadable: tags.some(({ kind }) => kind === 'unreadable'), isPersonal: !isAsked };
}
