import { readSearch, type SearchArguments } from '../../grammar/search-arguments';
import type { SearchKey } from '../../grammar/search-keys';
import { findMessages } from '../../search/find-messages';
import { tellEsearch, tellSearch } from '../../search/search-answer';
import type { Command, InMailbox } from '../../session/command';
import { enableCondstore } from '../../session/enable-condstore';
import { no, ok, type Tagged } from '../../session/tagged';

export const BADCHARSET = no('This charset is not known', 'BADCHARSET (US-ASCII UTF-8)');

/** SEARCH and UID SEARCH (RFC 9051 6.4.4; ESEARCH, SEARCHRES, MODSEQ). */
export const search: Command = {
  state: 'selected',
  takesUid: true,
  keepsNumbers: true,
  read: (reader, { isUid }) => {
    const wanted = readSearch(reader);
    return (context) => run(context, { ...wanted, isUid });
  },
};

async function run(context: InMailbox, wanted: SearchArguments & { readonly isUid: boolean }): Promise<Tagged> {
  const { session, selected } = context;
  const { key, charset, isUid, returns } = wanted;
  if (charset === 'unknown') {
    // A search that fails saves nothing (RFC 5182 2.1).
    if (returns?.has('SAVE')) selected.saved = [];
    return BADCHARSET;
  }
  const isModseqTold = hasModseq(key);
  if (isModseqTold) enableCondstore(context);
  const uids = await findMessages(context, { key, charset });
  const asked = { uids, isUid, isModseqTold };
  if (returns) await tellEsearch(context, { ...asked, returns });
  else if (session.enabled.rev2) await tellEsearch(context, { ...asked, returns: new Set(['ALL']) });
  else await tellSearch(context, asked);
  return ok('Done');
}

function hasModseq(key: SearchKey): boolean {
  if (key.key === 'modseq') return true;
  if (key.key === 'not') return hasModseq(key.of);
  return 'keys' in key && key.keys.some(hasModseq);
}
