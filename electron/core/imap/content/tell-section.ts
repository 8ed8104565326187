import type { OctetItem } from './fetch-plan';
import { sectionText } from '../grammar/section';
import type { ClientLine } from '../wire/client-line';
import { astringForm } from '../wire/text-forms';
import type { Content } from './section-content';

/** A message that went while it was being sent: its length was told, so only the end of the connection is true. */
export class MessageWentAway extends Error {}

/** Writes `BODY[…]` and its like with their octets, as fast as the client takes them. */
export async function tellSection(client: ClientLine, item: OctetItem, content: Content | undefined): Promise<void> {
  client.write(`${sectionName(item)} `);
  const size = content && (content.size ?? (await counted(client, content)));
  if (content && size !== undefined && size > 0 && item.name !== 'BINARY.SIZE[]')
    await tellOctets(client, { item, content, size });
  else if (size === undefined) client.write('NIL');
  else client.write(item.name === 'BINARY.SIZE[]' ? String(size) : '""');
}

async function tellOctets(
  client: ClientLine,
  { item, content, size }: { readonly item: OctetItem; readonly content: Content; readonly size: number },
): Promise<void> {
  client.write(`${item.name === 'BINARY[]' ? '~' : ''}{${String(size)}}\r\n`);
  if ((await sent(client, content)) !== size) throw new MessageWentAway();
}

function sectionName({ name, section, partial, oldName }: OctetItem): string {
  if (oldName !== undefined) return oldName;
  const quote = (field: string): string => astringForm(Buffer.from(field).toString('latin1'), { isUtf8: false });
  const start = partial ? `<${String(partial.from)}>` : '';
  return `${name.slice(0, -1)}${sectionText(section, quote)}]${start}`;
}

async function counted(client: ClientLine, content: Content): Promise<number> {
  let size = 0;
  for (const piece of content.pieces()) {
    size += piece.length;
    await client.flow();
  }
  return size;
}

async function sent(client: ClientLine, content: Content): Promise<number> {
  let size = 0;
  const pieces = content.pieces()[Symbol.iterator]();
  for (let piece = pieceOf(pieces); piece; piece = pieceOf(pieces)) {
    client.write(piece);
    size += piece.length;
    await client.flow();
  }
  return size;
}

/** The store may fail while a literal is written, and then no response can follow on it. */
function pieceOf(pieces: Iterator<Uint8Array>): Uint8Array | undefined {
  try {
    const next = pieces.next();
    return next.done === true ? undefined : next.value;
  } catch (cause) {
    throw new MessageWentAway('The message cannot be read', { cause });
  }
}
