import type { ImapEntry, ImapMessage } from '../../ports/imap';
import type { InMailbox } from '../session/command';
import { flagsText } from '../session/flags-text';
import { isUtf8 } from '../session/session';
import type { FetchPlan, OctetItem, PlannedItem } from './fetch-plan';
import { contentOf, PIECE, type Content, type ReadOctets } from './section-content';
import { entryItem, messageItem } from './simple-item';
import { tellSection } from './tell-section';

type Row = ImapEntry | ImapMessage;
type Told = 'told' | 'gone' | 'undecodable';

/** Tells FETCH of one message. `isNewlySeen`: its flags have changed by that, so they are told too. */
export async function tellMessage(
  context: InMailbox,
  { plan, row, isNewlySeen }: { readonly plan: FetchPlan; readonly row: Row; readonly isNewlySeen: boolean },
): Promise<Told> {
  const { selected, session } = context;
  const number = selected.view.numberOf(row.uid);
  if (number === undefined) return 'gone';
  const contents = contentsOf(context, { plan, row });
  if (contents === 'gone' || contents === 'undecodable') return contents;
  const texts = { flags: flagsText(context, row), isUtf8: isUtf8(session) };
  const { client } = session;
  const items = withFlags(plan, { isNewlySeen, isCondstore: session.enabled.condstore });
  if (isNewlySeen) selected.ownChanges.set(row.uid, row.modseq);
  client.write(`* ${String(number)} FETCH (`);
  for (const [index, item] of items.entries()) {
    if (index > 0) client.write(' ');
    if ('section' in item) await tellSection(client, item, contents.get(item));
    else client.write(itemText(item, { row, ...texts }));
  }
  client.write(')\r\n');
  await client.flow();
  return 'told';
}

function withFlags(
  { items }: FetchPlan,
  { isNewlySeen, isCondstore }: { isNewlySeen: boolean; isCondstore: boolean },
): readonly PlannedItem[] {
  if (!isNewlySeen) return items;
  const has = (name: string): boolean => items.some((item) => item.name === name);
  return [
    ...items,
    ...(has('FLAGS') ? [] : [{ name: 'FLAGS' } as const]),
    ...(has('MODSEQ') || !isCondstore ? [] : [{ name: 'MODSEQ' } as const]),
  ];
}

/** Found before anything is written, since what is missing could not be taken back. */
function contentsOf(
  { account, selected }: InMailbox,
  { plan, row }: { plan: FetchPlan; row: Row },
): Map<PlannedItem, Content | undefined> | Exclude<Told, 'told'> {
  const contents = new Map<PlannedItem, Content | undefined>();
  if (!('entity' in row)) return contents;
  const octetItems = plan.items.filter((item): item is OctetItem => 'section' in item);
  if (octetItems.length === 0) return contents;
  const stored: ReadOctets = (from, to) => account.octets({ mailbox: selected.mailbox.id, uid: row.uid, from, to });
  // Most messages are read once by this, whatever is asked for of them.
  const { entity } = row;
  const end = octetItems.every(isOfHeader) ? entity.header.to : row.size;
  const first = stored(0, Math.min(end, PIECE));
  if (first.length === 0 && end > 0) return 'gone';
  const read: ReadOctets = (from, to) => (to <= first.length ? first.subarray(from, to) : stored(from, to));
  for (const item of octetItems) {
    const content = contentOf(item, { entity, read });
    if (content === 'unknown-encoding') return 'undecodable';
    contents.set(item, content);
  }
  return contents;
}

/** Of the header of the message itself, whatever stands behind it. */
function isOfHeader({ section: { part, what } }: OctetItem): boolean {
  return part.length === 0 && what !== undefined && what !== 'TEXT';
}

function itemText(
  item: Exclude<PlannedItem, OctetItem>,
  { row, flags, isUtf8: allowsUtf8 }: { row: Row; flags: string; isUtf8: boolean },
): string {
  const ofEntry = entryItem(item.name, { entry: row, flags });
  if (ofEntry !== undefined) return ofEntry;
  const ofMessage = 'entity' in row ? messageItem(item.name, { message: row, isUtf8: allowsUtf8 }) : undefined;
  return ofMessage ?? `${item.name} NIL`;
}
