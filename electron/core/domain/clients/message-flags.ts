import { Keyword } from '../../../../shared/ids';

/** Flags of RFC 9051 2.3.2 that are kept; `\Recent` is no more. */
const SYSTEM = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'] as const;

/** Keywords with a registered spelling (RFC 5788, RFC 8457); all are kept in lower case. */
const REGISTERED = ['$Forwarded', '$MDNSent', '$Junk', '$NotJunk', '$Phishing', '$Important', '$SubmitPending'];
const SPELLINGS = new Map(REGISTERED.map((keyword) => [keyword.toLowerCase(), keyword]));

/** What is kept of the flags of a message. */
export type KeptFlags = {
  readonly seen: boolean;
  readonly flagged: boolean;
  readonly answered: boolean;
  readonly deleted: boolean;
  readonly draft: boolean;
  readonly keywords: readonly Keyword[];
};

/** What STORE does with the flags of messages (RFC 9051 6.4.6). */
export type FlagChange = {
  readonly how: 'add' | 'remove' | 'replace';
  readonly flags: readonly string[];
  /** What has a higher MODSEQ is left as it is (RFC 7162 3.1.3). */
  readonly unchangedSince?: number;
};

/** The flags as IMAP spells them, system flags first. */
export function flagsOf(kept: KeptFlags): string[] {
  const has = [kept.seen, kept.answered, kept.flagged, kept.deleted, kept.draft];
  return [...SYSTEM.filter((_flag, index) => has[index]), ...kept.keywords.map(keywordText)];
}

/** A keyword as programs spell it. */
export function keywordText(keyword: Keyword): string {
  return SPELLINGS.get(keyword) ?? keyword;
}

/**
 * A flag as it is kept: a system flag as RFC 9051 spells it, a keyword in lower case. Undefined for what cannot be
 * kept, as `\Recent`, a keyword of more than 64 characters, or one with characters that an atom has not.
 */
export function keptFlag(flag: string): string | undefined {
  if (flag.startsWith('\\')) return SYSTEM.find((known) => known.toLowerCase() === flag.toLowerCase());
  const keyword = Keyword.safeParse(flag.toLowerCase());
  return keyword.success ? keyword.data : undefined;
}
