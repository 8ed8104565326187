import type { ArgumentReader } from './argument-reader';
import { BadCommand } from './bad-command';
import { readSequenceSet, type SequenceSet } from './sequence-set';

/** What a client knows of a mailbox since it was there last (RFC 7162 3.2.5). */
export type KnownState = {
  readonly uidValidity: number;
  readonly modseq: number;
  readonly uids?: SequenceSet;
};
export type SelectParameters = { readonly isCondstore: boolean; readonly qresync?: KnownState };

/** ` (CONDSTORE)`, ` (QRESYNC (…))`, or nothing. */
export function readSelectParameters(reader: ArgumentReader): SelectParameters {
  if (!reader.more()) return { isCondstore: false };
  let qresync: KnownState | undefined;
  reader.list(() => {
    const word = reader.word();
    if (word === 'CONDSTORE') return;
    if (word !== 'QRESYNC') throw new BadCommand('There is no such parameter of SELECT');
    reader.space();
    qresync = readKnownState(reader);
  });
  return { isCondstore: true, ...(qresync ? { qresync } : {}) };
}

function readKnownState(reader: ArgumentReader): KnownState {
  reader.expect('(');
  const uidValidity = reader.nonZeroNumber();
  reader.space();
  const modseq = reader.number(Number.MAX_SAFE_INTEGER);
  const isSetNext = /[\d*]/.test(reader.more() ? reader.next : '');
  const uids = isSetNext ? readSequenceSet(reader) : undefined;
  if (reader.next === '(' || reader.skip(' (')) skipMatchData(reader);
  reader.expect(')');
  return { uidValidity, modseq, ...(uids ? { uids } : {}) };
}

/** Numbers with their UIDs, which only spare a server that has forgotten what went some of its answer. */
function skipMatchData(reader: ArgumentReader): void {
  reader.skip('(');
  readSequenceSet(reader);
  reader.space();
  readSequenceSet(reader);
  reader.expect(')');
}
