import { MINUTE_MS } from '../../domain/time';
import type { ImapEntry, ImapMessage, ImapSortRow } from '../../ports/imap';
import type { SearchKey } from '../grammar/search-keys';
import type { InMailbox } from '../session/command';
import { isRecent } from '../session/recent-messages';
import { foundMessages } from './found-messages';
import { searchText } from './search-text';
import { sentDay } from './sent-day';
import { setTest } from './set-test';
import type { Charset } from '../grammar/search-arguments';

/** What a key looks at in a message. */
export type Candidate = {
  readonly uid: number;
  readonly entry?: ImapEntry | undefined;
  readonly row?: ImapSortRow | undefined;
  readonly message?: ImapMessage | undefined;
};
export type Need = 'entry' | 'row' | 'message';

/** Whether a message is meant. `needs`: what it looks at. */
export type KeyTest = { readonly needs: readonly Need[]; readonly test: (candidate: Candidate) => boolean };

/** Makes keys to tests; what asks the store once for all messages does so now. */
export class KeyTests {
  constructor(
    private readonly context: InMailbox,
    private readonly charset: Charset,
  ) {}

  /** Throws `BadCommand` for words that are not in the charset. */
  async of(key: SearchKey): Promise<KeyTest> {
    await this.context.session.client.flow();
    switch (key.key) {
      case 'and':
      case 'or':
        return this.#ofSeveral(key);
      case 'not':
        return opposite(await this.of(key.of));
      case 'text':
      case 'header':
        return this.#ofText(key);
      default:
        return this.#ofOne(key);
    }
  }

  #ofOne(key: OneKey | RowKey): KeyTest {
    switch (key.key) {
      case 'all':
      case 'save-date-known':
        return ALL;
      case 'recent':
        return { needs: [], test: ({ uid }) => isRecent(this.context.selected, uid) };
      case 'numbers':
      case 'uids':
        return ofUid(setTest(this.context, key));
      default:
        return ofRow(key);
    }
  }

  async #ofSeveral({ key, keys }: Extract<SearchKey, { readonly keys: unknown }>): Promise<KeyTest> {
    const tests: KeyTest[] = [];
    for (const each of keys) tests.push(await this.of(each));
    const needs = [...new Set(tests.flatMap((test) => test.needs))];
    if (key === 'or') return { needs, test: (candidate) => tests.some(({ test }) => test(candidate)) };
    return { needs, test: (candidate) => tests.every(({ test }) => test(candidate)) };
  }

  async #ofText(key: Extract<SearchKey, { readonly key: 'text' | 'header' }>): Promise<KeyTest> {
    const { account, selected } = this.context;
    const mailbox = selected.mailbox.id;
    const text = searchText(key.octets, this.charset);
    const among = (uids: readonly number[]): KeyTest => ofUid(foundMessages(selected.view, uids));
    if (key.key === 'header') return among(await account.withHeader({ mailbox, field: key.field, text }));
    if (text !== '') return among(await account.withText({ mailbox, where: key.where, text }));
    if (key.where === 'body' || key.where === 'text') return ALL;
    return among(await account.withHeader({ mailbox, field: key.where, text }));
  }
}

const ALL: KeyTest = { needs: [], test: () => true };

function opposite({ needs, test }: KeyTest): KeyTest {
  return { needs, test: (candidate) => !test(candidate) };
}

function ofUid(test: (uid: number) => boolean): KeyTest {
  return { needs: [], test: ({ uid }) => test(uid) };
}

type OneKey = Extract<SearchKey, { readonly key: 'all' | 'numbers' | 'recent' | 'save-date-known' | 'uids' }>;
type RowKey = Extract<SearchKey, { readonly key: 'date' | 'flag' | 'id' | 'modseq' | 'size' }>;

function ofRow(key: RowKey): KeyTest {
  switch (key.key) {
    case 'flag':
      return ofFlag(key.flag);
    case 'modseq':
      return { needs: ['entry'], test: ({ entry }) => (entry?.modseq ?? -1) >= key.atLeast };
    case 'size':
      return { needs: ['row'], test: ({ row }) => isBetween(row?.size, key) };
    case 'date':
      return ofDate(key);
    case 'id':
      return {
        needs: ['message'],
        test: ({ message }) => (key.of === 'email' ? message?.emailId : message?.threadId) === key.id,
      };
  }
}

/** Keywords are the same in whatever case (RFC 9051 2.3.2). */
function ofFlag(flag: string): KeyTest {
  const name = flag.toLowerCase();
  return { needs: ['entry'], test: ({ entry }) => entry?.flags.some((each) => each.toLowerCase() === name) ?? false };
}

function isBetween(size: number | undefined, { over, under }: { over?: number; under?: number }): boolean {
  return size !== undefined && size > (over ?? -1) && size < (under ?? Number.POSITIVE_INFINITY);
}

/** The day of an arrival is the one that INTERNALDATE shows, in its zone (RFC 9051 6.4.4). */
function ofDate({
  of,
  from = Number.NEGATIVE_INFINITY,
  before = Number.POSITIVE_INFINITY,
}: Extract<RowKey, { key: 'date' }>): KeyTest {
  const test = (time: number | undefined): boolean => time !== undefined && time >= from && time < before;
  if (of === 'internal')
    return { needs: ['row'], test: ({ row }) => test(row && row.arrival + (row.zone ?? 0) * MINUTE_MS) };
  if (of === 'saved') return { needs: ['message'], test: ({ message }) => test(message?.savedAt) };
  return { needs: ['message'], test: ({ message }) => test(message && sentDay(message)) };
}
