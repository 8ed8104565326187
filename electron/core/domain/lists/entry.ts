import {
  EntryId,
  InstallId,
  Lane,
  MailingListId,
  type EntryId as Id,
  type InstallId as Install,
  type Lane as LaneName,
  type MailingListId as ListId,
} from '../../../../shared/mailing-lists/mailing-list';
import { MailAddress, type OnionHost } from '../../../../shared/ids';

/** What the rules of lists need of cryptography and codecs; handed in, so that they stay free of it. */
export type ListCrypto = {
  /** SHA-256 of octets, or of a text in UTF-8, in hex. */
  readonly sha256: (of: Uint8Array | string) => string;
  /** Whether the onion has signed exactly this text. */
  readonly verify: (o: { onion: OnionHost; text: string; signature: string }) => boolean;
  /** UTF-8, and the text of it; undefined for octets that are none. */
  readonly toOctets: (text: string) => Uint8Array;
  readonly toText: (octets: Uint8Array) => string | undefined;
  /** Base64 (RFC 4648, 4), and the octets of base64 that was checked before. */
  readonly toBase64: (octets: Uint8Array) => string;
  readonly fromBase64: (text: string) => Uint8Array;
};

export const ENTRY_KINDS = ['post', 'change', 'block'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One log: what an installation of a member said in one lane. */
export type LogKey = { readonly author: MailAddress; readonly install: Install; readonly lane: LaneName };

/** What the author's onion signs of an entry. */
export type EntryFacts = LogKey & {
  readonly list: ListId;
  readonly number: number;
  /** Of the entry before in this lane; `NO_ENTRY` for the first. */
  readonly previous: Id;
  /** Milliseconds since the epoch, by the author's clock. */
  readonly at: number;
  readonly kind: EntryKind;
  /** Octets of the body, and their SHA-256 in hex. */
  readonly length: number;
  readonly sha256: Id;
};

export type SignedEntry = { readonly statement: string; readonly signature: string; readonly body: Uint8Array };

/** An entry whose signature and hash were checked. `id`: SHA-256 of its statement. */
export type Entry = SignedEntry & EntryFacts & { readonly id: Id };

export const NO_ENTRY = EntryId.parse('0'.repeat(64));

/** The text that is signed (PROTOCOL.md, onion statements): a fact a line, so that no two entries have one text. */
export function entryStatement(facts: EntryFacts): string {
  return [
    'Posthorn list entry 1',
    `list: ${facts.list}`,
    `author: ${facts.author}`,
    `install: ${facts.install}`,
    `lane: ${facts.lane}`,
    `number: ${String(facts.number)}`,
    `previous: ${facts.previous}`,
    `at: ${String(facts.at)}`,
    `kind: ${facts.kind}`,
    `length: ${String(facts.length)}`,
    `sha256: ${facts.sha256}`,
    '',
  ].join('\n');
}

/** Numbers of nine digits at most: nothing near where counting goes wrong. */
const FORM = new RegExp(
  [
    '^Posthorn list entry 1',
    'list: ([a-z2-7]{52})',
    'author: ([!-~]{1,127})',
    'install: ([a-z2-7]{26})',
    'lane: (posts|ledger)',
    'number: (\\d{1,9})',
    'previous: ([0-9a-f]{64})',
    'at: (\\d{1,15})',
    `kind: (${ENTRY_KINDS.join('|')})`,
    'length: (\\d{1,9})',
    'sha256: ([0-9a-f]{64})',
    '$',
  ].join('\n'),
);

/** The facts of a statement; undefined for anything that `entryStatement` would not have written. */
export function readEntryStatement(statement: string): EntryFacts | undefined {
  const [, list, author, install, lane, number, previous, at, kind, length, sha256] = FORM.exec(statement) ?? [];
  const address = MailAddress.safeParse(author).data;
  if (list === undefined || address === undefined) return undefined;
  const facts: EntryFacts = {
    list: MailingListId.parse(list),
    author: address,
    install: InstallId.parse(install),
    lane: Lane.parse(lane),
    number: Number(number),
    previous: EntryId.parse(previous),
    at: Number(at),
    kind: kind as EntryKind,
    length: Number(length),
    sha256: EntryId.parse(sha256),
  };
  return entryStatement(facts) === statement ? facts : undefined;
}

export const isSameLog = (one: LogKey, other: LogKey): boolean =>
  one.author === other.author && one.install === other.install && one.lane === other.lane;
