import { SYSTEM_FLAGS } from '../grammar/flags';
import type { ImapEntry } from '../../ports/imap';
import type { InMailbox } from './command';
import { isRecent } from './recent-messages';
import type { Selected } from './session';

/** Keywords that mail programs use (RFC 9051 2.3.2), told before any message has them. */
const COMMON_KEYWORDS = ['$Forwarded', '$MDNSent', '$Junk', '$NotJunk', '$Phishing'];
/** Keywords told of one mailbox at most: what a program sets, another keeps in memory. */
export const MAX_KEYWORDS_TOLD = 500;

export function commonKeywords(): Set<string> {
  return new Set(COMMON_KEYWORDS);
}

/** `(\Seen …)` of a message; tells the client of keywords that it does not know yet. */
export function flagsText({ session, selected }: InMailbox, { uid, flags }: Pick<ImapEntry, 'uid' | 'flags'>): string {
  if (learnKeywords(selected, flags)) session.client.tell(`FLAGS ${definedFlags(selected)}`);
  const isTold = !session.enabled.rev2 && isRecent(selected, uid);
  return `(${[...flags, ...(isTold ? [String.raw`\Recent`] : [])].join(' ')})`;
}

/** Answers whether there were new ones. */
export function learnKeywords({ keywords }: Selected, flags: readonly string[]): boolean {
  const before = keywords.size;
  for (const flag of flags) if (!flag.startsWith('\\') && keywords.size < MAX_KEYWORDS_TOLD) keywords.add(flag);
  return keywords.size > before;
}

/** What FLAGS and PERMANENTFLAGS tell. */
export function definedFlags({ keywords }: Selected, more: readonly string[] = []): string {
  return `(${[...SYSTEM_FLAGS, ...keywords, ...more].join(' ')})`;
}
