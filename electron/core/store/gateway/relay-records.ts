import type { MessageId } from '../../../../shared/ids';
import type { RelayRecords } from '../../ports/storage/gateway/relay-records';
import { specialRow } from '../mailboxes/mailbox-rows';
import type { StoreParts } from '../sql/store-parts';
import {
  readAgreement,
  readAlias,
  readIn,
  readOut,
  readPlan,
  type AgreementRow,
  type AliasRow,
  type InRow,
  type OutRow,
  type PlanRow,
} from './relay-rows';

/** What an identity that is a gateway keeps. */
export function createRelayRecords({ sql, writer }: Pick<StoreParts, 'sql' | 'writer'>): RelayRecords {
  const write = (query: string, parameters: Parameters<typeof sql.run>[1]): void => {
    writer.write(() => sql.run(query, parameters));
  };
  const out = (where: string, parameters: Parameters<typeof sql.all>[1]) =>
    sql.all<OutRow>(`SELECT * FROM relayed_out WHERE ${where}`, parameters).map(readOut);
  return {
    plan: () => sql.all<PlanRow>('SELECT * FROM gateway').map(readPlan)[0],
    setPlan: ({ resultsOf, isOn, ...plan }) => {
      write(PUT_PLAN, { ...plan, isOn: Number(isOn), resultsOf: resultsOf ?? null });
    },
    agreements: () => sql.all<AgreementRow>('SELECT * FROM relay_agreements ORDER BY row').map(readAgreement),
    agreement: (participant) =>
      sql
        .all<AgreementRow>('SELECT * FROM relay_agreements WHERE participant = $participant', { participant })
        .map(readAgreement)[0],
    putAgreement: ({ endedAt, repliesOnly, ...agreement }) => {
      write(PUT_AGREEMENT, { ...agreement, repliesOnly: Number(repliesOnly), endedAt: endedAt ?? null });
    },
    aliases: () => sql.all<AliasRow>('SELECT * FROM relay_aliases ORDER BY row').map(readAlias),
    alias: (name) => sql.all<AliasRow>('SELECT * FROM relay_aliases WHERE name = $name', { name }).map(readAlias)[0],
    putAlias: ({ endedAt, ...alias }) => {
      write(PUT_ALIAS, { ...alias, endedAt: endedAt ?? null });
    },
    addIn: ({ others, note, outsideId, alias, correspondent, ...letter }) => {
      write(ADD_IN, {
        ...letter,
        outsideId: outsideId ?? null,
        alias: alias ?? null,
        correspondent: correspondent ?? null,
        others: JSON.stringify(others),
        note: JSON.stringify(note),
      });
    },
    findIn: (insideId) =>
      sql.all<InRow>('SELECT * FROM relayed_in WHERE inside_id = $insideId', { insideId }).map(readIn)[0],
    hasWritten: (o) => sql.get(HAS_WRITTEN, o) !== undefined,
    sentIn: () => sql.all<{ id: MessageId }>(SENT_IN, { sent: specialRow('sent') }).map(({ id }) => id),
    waitingIn: (participant) =>
      sql.get<{ count: number }>(WAITING_IN, { participant, outbox: specialRow('outbox') })?.count ?? 0,
    putOut: ({ waiting, outsideId, alias, ...letter }) => {
      const parameters = { ...letter, ...{ outsideId: outsideId ?? null, alias: alias ?? null } };
      write(PUT_OUT, { ...parameters, waiting: JSON.stringify(waiting) });
    },
    out: (messageId) => out('message_id = $messageId', { messageId })[0],
    outByOutsideId: (outsideId) => out('outside_id = $outsideId', { outsideId })[0],
    dueOut: (now) => out(`state = 'waiting' AND next_try_at <= $now ORDER BY row`, { now }),
    nextDue: () => sql.get<{ at: number | null }>(NEXT_DUE)?.at ?? undefined,
    countOut: (o) => sql.get<{ count: number }>(COUNT_OUT, o)?.count ?? 0,
  };
}

const PUT_PLAN = `
  INSERT INTO gateway (one, is_on, domain, lmtp_port, mta_port, results_of)
  VALUES (1, $isOn, $domain, $lmtpPort, $mtaPort, $resultsOf)
  ON CONFLICT DO UPDATE SET is_on = $isOn, domain = $domain, lmtp_port = $lmtpPort, mta_port = $mtaPort,
    results_of = $resultsOf`;

const PUT_AGREEMENT = `
  INSERT INTO relay_agreements (participant, until, letters_a_day, replies_only, made_at, ended_at)
  VALUES ($participant, $until, $lettersADay, $repliesOnly, $madeAt, $endedAt)
  ON CONFLICT DO UPDATE SET until = $until, letters_a_day = $lettersADay, replies_only = $repliesOnly,
    ended_at = $endedAt`;

/** Nobody else ever gets a name. */
const PUT_ALIAS = `
  INSERT INTO relay_aliases (name, participant, made_at, ended_at) VALUES ($name, $participant, $madeAt, $endedAt)
  ON CONFLICT DO UPDATE SET ended_at = $endedAt WHERE participant = $participant`;

const ADD_IN = `
  INSERT INTO relayed_in (inside_id, outside_id, participant, alias, correspondent, others, note, at)
  VALUES ($insideId, $outsideId, $participant, $alias, $correspondent, $others, $note, $at) ON CONFLICT DO NOTHING`;

const HAS_WRITTEN = `
  SELECT 1 AS one FROM relayed_in WHERE participant = $participant AND correspondent = $correspondent LIMIT 1`;

const SENT_IN = `
  SELECT m.id FROM messages m JOIN relayed_in r ON r.inside_id = m.rfc_message_id WHERE m.mailbox = $sent`;

const WAITING_IN = `
  SELECT count(*) AS count FROM messages m JOIN relayed_in r ON r.inside_id = m.rfc_message_id
  WHERE m.mailbox = $outbox AND r.participant = $participant`;

const PUT_OUT = `
  INSERT INTO relayed_out (message_id, participant, state, inside_id, outside_id, alias, waiting, tries, next_try_at, at)
  VALUES ($messageId, $participant, $state, $insideId, $outsideId, $alias, $waiting, $tries, $nextTryAt, $at)
  ON CONFLICT (message_id) DO UPDATE SET state = $state, waiting = $waiting, tries = $tries, next_try_at = $nextTryAt`;

const NEXT_DUE = `SELECT min(next_try_at) AS at FROM relayed_out WHERE state = 'waiting'`;

const COUNT_OUT = `
  SELECT count(*) AS count FROM relayed_out
  WHERE participant = $participant AND at >= $since AND state IN ('waiting', 'done')`;
