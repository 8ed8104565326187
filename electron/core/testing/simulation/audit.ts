import type { DeliveryState, Folder, MessageSummary } from '../../../../shared/message';
import { placeInList } from '../../../../shared/written-order';
import { present } from '../../../../shared/present';
import { isFinished } from '../../domain/delivery-outcome';
import type { MailStore } from '../../ports/storage/mail-store';
import { createMailStore } from '../../store/mail-store';
import type { Person } from './person';

const PAGE = 500;
const REPORT = 'Not delivered: ';

/** The end of one letter that was in an outbox. */
export type Fate =
  /** The recipient has it once, and the sender knows. */
  | 'delivered'
  /** The recipient does not have it, and the sender was told so. */
  | 'reported'
  /** The recipient has it once, but the sender was told that this is not sure: the receipt did not come back. */
  | 'delivered-and-reported'
  | 'lost'
  | 'doubled'
  /** The sender believes that it is under way. */
  | 'unfinished';

export type Letter = {
  readonly subject: string;
  readonly fate: Fate;
  readonly state: DeliveryState;
  readonly from: number;
  readonly to: number;
  readonly latencyMs?: number;
};

type Disk = {
  readonly written: readonly MessageSummary[];
  readonly received: readonly MessageSummary[];
  readonly reports: ReadonlySet<string>;
};

/** Reads every database after the simulation and answers the fate of each letter. */
export function auditLetters(people: readonly Person[]): Letter[] {
  const disks = people.map(readDisk);
  const numbers = new Map<string, number>(people.map(({ identity, number }) => [identity.address, number]));
  const arrivals = disks.map(({ received }) => bySubject(received));
  return disks.flatMap((disk, from) =>
    disk.written.flatMap((message) =>
      message.deliveries.map((delivery) => {
        const to = numbers.get(delivery.recipient) ?? -1;
        const copies = arrivals[to]?.get(message.subject) ?? [];
        const fate = judge({
          copies: copies.length,
          state: delivery.state,
          isReported: disk.reports.has(message.subject),
        });
        const [first] = copies;
        return {
          subject: message.subject,
          fate,
          state: delivery.state,
          from,
          to,
          ...(first ? { latencyMs: first.storedAt - message.date } : {}),
        };
      }),
    ),
  );
}

function judge(o: { readonly copies: number; readonly state: DeliveryState; readonly isReported: boolean }): Fate {
  if (o.copies > 1) return 'doubled';
  if (!isFinished(o)) return 'unfinished';
  if (o.copies === 1 && o.isReported) return 'delivered-and-reported';
  if (o.copies === 1 && o.state === 'delivered') return 'delivered';
  return o.isReported && o.state === 'failed' ? 'reported' : 'lost';
}

function readDisk({ identity, machine }: Person): Disk {
  const mail = createMailStore({
    path: machine.path(),
    key: identity.databaseKey,
    identityId: identity.id,
    events: { publish: () => undefined },
  });
  try {
    const inbox = [...allOf(mail, 'inbox'), ...allOf(mail, 'requests')];
    return {
      written: [...allOf(mail, 'sent'), ...allOf(mail, 'outbox')],
      received: inbox.filter(({ protection }) => protection !== 'own'),
      reports: new Set(
        inbox.filter(({ protection }) => protection === 'own').map(({ subject }) => subject.slice(REPORT.length)),
      ),
    };
  } finally {
    mail.close();
  }
}

function allOf(mail: MailStore, folder: Folder): MessageSummary[] {
  const all: MessageSummary[] = [];
  for (;;) {
    const last = all.at(-1);
    const before = last && placeInList(last);
    const page = mail.messages.page({ folder, limit: PAGE, ...present({ before }) });
    all.push(...page.messages);
    if (!page.more) return all;
  }
}

function bySubject(messages: readonly MessageSummary[]): ReadonlyMap<string, MessageSummary[]> {
  const all = new Map<string, MessageSummary[]>();
  for (const message of messages) all.set(message.subject, [...(all.get(message.subject) ?? []), message]);
  return all;
}
