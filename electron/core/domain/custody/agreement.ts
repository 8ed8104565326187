import type { AgreementTerms } from '../../../../shared/wire/control-message';
import type { AgreementState } from '../../../../shared/custody';
import type { MailAddress, OnionHost } from '../../../../shared/ids';
import { onionOf } from '../mail-address';

/**
 * The text that both sides of an agreement sign with the keys of their onions (PROTOCOL.md 10): one line a fact, so
 * that no two agreements have one text. Times are milliseconds.
 */
export function agreementText({ id, client, holder, terms, from, until }: AgreementTerms): string {
  return [
    'Posthorn agreement to hold mail 1',
    `id: ${id}`,
    `client: ${client}`,
    `holder: ${holder}`,
    `quota: ${String(terms.quotaBytes)}`,
    `days: ${String(terms.days)}`,
    `large-days: ${String(terms.largeDays)}`,
    `from: ${String(from)}`,
    `until: ${String(until)}`,
    '',
  ].join('\n');
}

/** Whether an agreement still takes new mail. `now` in milliseconds since the epoch. */
export function isAgreementInForce(
  { state, agreed }: { readonly state: AgreementState; readonly agreed: Pick<AgreementTerms, 'until'> },
  now: number,
): boolean {
  return state === 'active' && agreed.until > now;
}

type Side = { readonly role: 'client' | 'holder'; readonly peer: MailAddress };

/** Our agreement with somebody who keeps mail for us; undefined when they are no holder of ours. */
export function agreementWithHolder<A extends Side>(agreements: readonly A[], holder: OnionHost): A | undefined {
  return agreements.find(({ role, peer }) => role === 'client' && onionOf(peer) === holder);
}

/** The agreements by which we keep mail for an onion, whether they are in force or not. */
export function agreementsWithClient<A extends Side>(agreements: readonly A[], client: OnionHost): A[] {
  return agreements.filter(({ role, peer }) => role === 'holder' && onionOf(peer) === client);
}
