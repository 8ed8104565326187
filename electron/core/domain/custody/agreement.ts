import type { AgreementTerms } from '../../../../shared/peer-note';

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
