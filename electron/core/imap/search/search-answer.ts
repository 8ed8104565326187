import type { SearchReturn } from '../grammar/search-arguments';
import { rangesOf, rangesText } from '../grammar/sequence-set';
import type { InMailbox } from '../session/command';
import { entriesOf, slices } from '../session/entries';

type Asked = { readonly uids: readonly number[]; readonly isUid: boolean; readonly isModseqTold: boolean };

/** `* SEARCH` (RFC 3501 7.2.5), with MODSEQ where keys asked for it (RFC 7162 3.1.5). */
export async function tellSearch(context: InMailbox, { uids, isUid, isModseqTold }: Asked): Promise<void> {
  const { client } = context.session;
  const numbers = numbersOf(context, { uids, isUid });
  const modseq = isModseqTold && uids.length > 0 ? ` (MODSEQ ${String(await highestModseq(context, uids))})` : '';
  client.tell(`${['SEARCH', ...numbers].join(' ')}${modseq}`);
}

/** `* ESEARCH` (RFC 9051 7.3.4), and saves what RETURN (SAVE) says (RFC 5182 2.1). */
export async function tellEsearch(
  context: InMailbox,
  { returns, ...asked }: Asked & { readonly returns: ReadonlySet<SearchReturn> },
): Promise<void> {
  const narrow = minAndMax(asked.uids, returns) ?? asked.uids;
  if (returns.has('SAVE')) context.selected.saved = narrow;
  if (returns.size === 1 && returns.has('SAVE')) return;
  const told = values(numbersOf(context, asked), returns);
  const modseq = asked.isModseqTold && asked.uids.length > 0 ? [`MODSEQ ${await highestModseq(context, narrow)}`] : [];
  const tag = `(TAG "${context.tag.replaceAll(/["\\]/g, String.raw`\$&`)}")`;
  context.session.client.tell(['ESEARCH', tag, ...(asked.isUid ? ['UID'] : []), ...told, ...modseq].join(' '));
}

function values(numbers: readonly number[], returns: ReadonlySet<SearchReturn>): string[] {
  const forms: Record<Exclude<SearchReturn, 'SAVE' | 'COUNT'>, () => string> = {
    MIN: () => String(numbers[0]),
    MAX: () => String(numbers.at(-1)),
    ALL: () => rangesText(rangesOf(numbers)),
  };
  const told = numbers.length === 0 ? [] : (['MIN', 'MAX', 'ALL'] as const).filter((name) => returns.has(name));
  const count = returns.has('COUNT') ? [`COUNT ${String(numbers.length)}`] : [];
  return [...told.map((name) => `${name} ${forms[name]()}`), ...count];
}

/** With MIN and MAX alone, these two are the answer; undefined otherwise. */
function minAndMax(uids: readonly number[], returns: ReadonlySet<SearchReturn>): number[] | undefined {
  if (returns.has('ALL') || returns.has('COUNT') || !(returns.has('MIN') || returns.has('MAX'))) return undefined;
  const ends = [...(returns.has('MIN') ? uids.slice(0, 1) : []), ...(returns.has('MAX') ? uids.slice(-1) : [])];
  return [...new Set(ends)];
}

/** UIDs, or the numbers of these messages. */
export function numbersOf(
  { selected }: InMailbox,
  { uids, isUid }: { readonly uids: readonly number[]; readonly isUid: boolean },
): number[] {
  return isUid ? [...uids] : uids.map((uid) => selected.view.numberOf(uid) ?? 0);
}

async function highestModseq(context: InMailbox, uids: readonly number[]): Promise<number> {
  let highest = 0;
  for (const slice of slices(uids)) {
    for (const { modseq } of entriesOf(context, slice)) highest = Math.max(highest, modseq);
    await context.session.client.flow();
  }
  return highest;
}
