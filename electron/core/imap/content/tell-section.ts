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
  if (!content) client.write('NIL');
  else if (item.name === 'BODY[]' && content.size !== undefined)
    await tellOctets(client, { content, size: content.size, isBinary: false });
  else await tellCounted(client, { item, content });
}

/** What is decoded must be gone through twice: a literal tells its length first, and whether there are NULs in it. */
async function tellCounted(
  client: ClientLine,
  { item, content }: { readonly item: OctetItem; readonly content: Content },
): Promise<void> {
  let size = 0;
  let isBinary = false;
  for (const piece of content.pieces()) {
    size += piece.length;
    isBinary ||= piece.includes(0);
    await client.flow();
  }
  if (item.name === 'BINARY.SIZE[]') client.write(String(size));
  else await tellOctets(client, { content, size, isBinary });
}

async function tellOctets(
  client: ClientLine,
  { content, size, isBinary }: { readonly content: Content; readonly size: number; readonly isBinary: boolean },
): Promise<void> {
  if (size === 0) {
    client.write('""');
    return;
  }
  client.write(`${isBinary ? '~' : ''}{${String(size)}}\r\n`);
  if ((await sent(client, { content, isBinary })) !== size) throw new MessageWentAway();
}

function sectionName({ name, section, partial, oldName }: OctetItem): string {
  if (oldName !== undefined) return oldName;
  const quote = (field: string): string => astringForm(Buffer.from(field).toString('latin1'), { isUtf8: false });
  const start = partial ? `<${String(partial.from)}>` : '';
  return `${name.slice(0, -1)}${sectionText(section, quote)}]${start}`;
}

async function sent(
  client: ClientLine,
  { content, isBinary }: { readonly content: Content; readonly isBinary: boolean },
): Promise<number> {
  let size = 0;
  const pieces = content.pieces()[Symbol.iterator]();
  for (let piece = pieceOf(pieces); piece; piece = pieceOf(pieces)) {
    client.write(isBinary ? piece : withoutNul(piece));
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

/** Only a literal8 holds NULs, and BODY[] is none (RFC 9051 4.3): Dovecot, too, says 0x80 in their place. */
const withoutNul = (piece: Uint8Array): Uint8Array =>
  piece.includes(0) ? piece.map((octet) => (octet === 0 ? 0x80 : octet)) : piece;
