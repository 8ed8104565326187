import type { MailAddress } from '../../../../shared/ids';
import type { Entry } from '../../domain/lists/entry';

/** What happened in a run, as somebody sees it who watches every member and the wire; times are steps. */
export type RunRecord = {
  /** Entries that honest members wrote; `lost`: the disk of their author forgot it (a restore). */
  readonly written: { readonly entry: Entry; lost: boolean }[];
  /** Posts as they came into somebody's mailbox, one by one. */
  readonly filed: { readonly who: MailAddress; readonly id: string }[];
  readonly sent: { readonly from: MailAddress; readonly to: MailAddress; readonly step: number }[];
  /** When an honest member came to know that somebody is removed. */
  readonly removals: { readonly knows: MailAddress; readonly gone: MailAddress; readonly step: number }[];
  /** Installations that a restore ended, and how many entries had been written until then. */
  readonly dead: { readonly install: string; readonly after: number }[];
};

export const newRun = (): RunRecord => ({ written: [], filed: [], sent: [], removals: [], dead: [] });

export type Violation = 'B1' | 'B2' | 'K1' | 'R1';

/**
 * Which of the invariants of PROTOCOL.md a run broke. B1: every honest member has every post of an honest member. B2:
 * once. K1: whoever knows of a removal sends the removed one nothing. R1: a restored installation never writes again,
 * and nobody honest writes two entries of one number. `members`: honest and agreed at the end.
 */
export function violations(run: RunRecord, members: readonly MailAddress[]): Violation[] {
  const broken: [Violation, boolean][] = [
    ['B1', !reachesAll(run, members)],
    ['B2', new Set(run.filed.map(({ who, id }) => `${who} ${id}`)).size < run.filed.length],
    [
      'K1',
      run.removals.some(({ knows, gone, step }) =>
        run.sent.some((o) => o.from === knows && o.to === gone && o.step > step),
      ),
    ],
    ['R1', writesTwice(run) || writesDead(run)],
  ];
  return broken.flatMap(([name, isBroken]) => (isBroken ? [name] : []));
}

function reachesAll(run: RunRecord, members: readonly MailAddress[]): boolean {
  const has = new Set(run.filed.map(({ who, id }) => `${who} ${id}`));
  return run.written
    .filter(({ entry, lost }) => entry.kind === 'post' && !lost && members.includes(entry.author))
    .every(({ entry }) => members.every((who) => who === entry.author || has.has(`${who} ${entry.id}`)));
}

function writesTwice({ written }: RunRecord): boolean {
  const places = written.map(({ entry }) => `${entry.author} ${entry.install} ${entry.lane} ${String(entry.number)}`);
  return new Set(places).size < places.length;
}

function writesDead({ dead, written }: RunRecord): boolean {
  return dead.some(({ install, after }) => written.slice(after).some(({ entry }) => entry.install === install));
}
