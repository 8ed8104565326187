import type { MailAddress, MessageId } from '../../../../../shared/ids';
import type { OutsideAddress, OutsideDomain } from '../../../../../shared/gateway/outside-address';
import type { RelayTerms } from '../../../domain/gateway/judge-relay';

/** How an identity is a gateway. */
export type GatewayPlan = {
  readonly isOn: boolean;
  readonly domain: OutsideDomain;
  /** Ports of 127.0.0.1: where the mail server finds us, and where we find it. */
  readonly lmtpPort: number;
  readonly mtaPort: number;
  /** The authserv-id of the operator's own checks. */
  readonly resultsOf?: string;
};

/** Somebody whom the gateway relays for. */
export type RelayAgreement = RelayTerms & {
  readonly participant: MailAddress;
  readonly madeAt: number;
  readonly endedAt?: number;
};

/** A name outside that stands for a participant; it is never given to anybody else. */
export type RelayAlias = {
  readonly name: string;
  readonly participant: MailAddress;
  readonly madeAt: number;
  readonly endedAt?: number;
};

/** A letter of the gateway to a participant, by which an answer finds its way back. */
export type RelayedIn = {
  /** Of the letter, and of what it brings from outside. */
  readonly insideId: string;
  readonly outsideId?: string;
  readonly participant: MailAddress;
  readonly at: number;
  /** Absent in a letter that the gateway itself has written. */
  readonly alias?: string;
  /** Whom an answer goes to; absent: it cannot be answered. */
  readonly correspondent?: OutsideAddress;
  readonly others: readonly OutsideAddress[];
  readonly note: readonly string[];
};

/** What became of a letter of a participant. `personal`: it was for the person behind the gateway. */
export type RelayState = 'personal' | 'refused' | 'waiting' | 'done';

/** A letter of a participant. It is kept as `done`, without a word of it, so that nothing is sent twice. */
export type RelayedOut = {
  readonly messageId: MessageId;
  readonly participant: MailAddress;
  readonly state: RelayState;
  readonly at: number;
  readonly insideId: string;
  readonly alias?: string;
  readonly outsideId?: string;
  /** Who has yet to get it. */
  readonly waiting: readonly OutsideAddress[];
  readonly tries: number;
  readonly nextTryAt: number;
};

/** What an identity that is a gateway keeps. Every write is a transaction of its own. */
export type RelayRecords = {
  plan(): GatewayPlan | undefined;
  setPlan(plan: GatewayPlan): void;
  agreements(): RelayAgreement[];
  agreement(participant: MailAddress): RelayAgreement | undefined;
  putAgreement(agreement: RelayAgreement): void;
  /** Of everybody, oldest first. */
  aliases(): RelayAlias[];
  alias(name: string): RelayAlias | undefined;
  putAlias(alias: RelayAlias): void;
  /** Does nothing when it is there already: the mail server has brought it again. */
  addIn(letter: RelayedIn): void;
  findIn(insideId: string): RelayedIn | undefined;
  hasWritten(o: { readonly participant: MailAddress; readonly correspondent: OutsideAddress }): boolean;
  /** Letters of the gateway that have been delivered, or given up, and can be deleted here. */
  sentIn(): MessageId[];
  /** Letters of the gateway that wait for this participant. */
  waitingIn(participant: MailAddress): number;
  putOut(letter: RelayedOut): void;
  out(messageId: MessageId): RelayedOut | undefined;
  /** By the name that the outside knows it by. */
  outByOutsideId(outsideId: string): RelayedOut | undefined;
  /** Letters that are due by now, oldest first. */
  dueOut(now: number): RelayedOut[];
  /** When the next one is due. */
  nextDue(): number | undefined;
  /** Letters that left, or wait to, of this participant since then. */
  countOut(o: { readonly participant: MailAddress; readonly since: number }): number;
};
