import type { MailAddress, MessageId } from '../../../../shared/ids';
import type { OutsideAddress, OutsideDomain } from '../../../../shared/gateway/outside-address';
import { present } from '../../../../shared/present';
import type {
  GatewayPlan,
  RelayAgreement,
  RelayAlias,
  RelayedIn,
  RelayedOut,
  RelayState,
} from '../../ports/storage/gateway/relay-records';
import { parseList } from '../messages/message-summaries';

export type PlanRow = {
  is_on: number;
  domain: OutsideDomain;
  lmtp_port: number;
  mta_port: number;
  results_of: string | null;
};

export function readPlan(row: PlanRow): GatewayPlan {
  return {
    isOn: row.is_on === 1,
    domain: row.domain,
    lmtpPort: row.lmtp_port,
    mtaPort: row.mta_port,
    ...present({ resultsOf: row.results_of ?? undefined }),
  };
}

export type AgreementRow = {
  participant: MailAddress;
  until: number;
  letters_a_day: number;
  replies_only: number;
  made_at: number;
  ended_at: number | null;
};

export function readAgreement(row: AgreementRow): RelayAgreement {
  return {
    participant: row.participant,
    until: row.until,
    lettersADay: row.letters_a_day,
    repliesOnly: row.replies_only === 1,
    madeAt: row.made_at,
    ...present({ endedAt: row.ended_at ?? undefined }),
  };
}

export type AliasRow = { name: string; participant: MailAddress; made_at: number; ended_at: number | null };

export function readAlias({ name, participant, made_at, ended_at }: AliasRow): RelayAlias {
  return { name, participant, madeAt: made_at, ...present({ endedAt: ended_at ?? undefined }) };
}

export type InRow = {
  inside_id: string;
  outside_id: string | null;
  participant: MailAddress;
  alias: string | null;
  correspondent: OutsideAddress | null;
  others: string;
  note: string;
  at: number;
};

export function readIn(row: InRow): RelayedIn {
  return {
    insideId: row.inside_id,
    participant: row.participant,
    others: parseList<OutsideAddress>(row.others),
    note: parseList<string>(row.note),
    at: row.at,
    ...present({
      outsideId: row.outside_id ?? undefined,
      alias: row.alias ?? undefined,
      correspondent: row.correspondent ?? undefined,
    }),
  };
}

export type OutRow = {
  message_id: MessageId;
  participant: MailAddress;
  state: RelayState;
  inside_id: string;
  outside_id: string | null;
  alias: string | null;
  waiting: string;
  tries: number;
  next_try_at: number;
  at: number;
};

export function readOut(row: OutRow): RelayedOut {
  return {
    messageId: row.message_id,
    participant: row.participant,
    state: row.state,
    insideId: row.inside_id,
    waiting: parseList<OutsideAddress>(row.waiting),
    tries: row.tries,
    nextTryAt: row.next_try_at,
    at: row.at,
    ...present({ outsideId: row.outside_id ?? undefined, alias: row.alias ?? undefined }),
  };
}
