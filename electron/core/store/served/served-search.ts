import { MAX_SOUGHT_CHARACTERS } from '../../domain/client-limits';
import { writtenFields } from '../../domain/served/header-fields';
import type { ServedMail } from '../../ports/storage/served-mail';
import { mailboxRow } from '../mailboxes/mailbox-rows';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';

type Where = Parameters<ServedMail['withText']>[0]['where'];

/** What is known of a field: as it was written and decoded, and as the message's own row has it. */
const field = (name: string, column: string): string =>
  `coalesce(json_extract(s.fields, '$.${name}'), '') || ' ' || m.${column}`;
const BODY = `coalesce(b.text, '')`;
const HEAD = `coalesce(CAST(o.head AS TEXT), '')`;
const FIELDS = {
  subject: field('subject', 'subject'),
  from: field('from', 'from_address'),
  to: field('to', 'to_addresses'),
  cc: field('cc', 'cc_addresses'),
  bcc: field('bcc', 'bcc_addresses'),
};

/** Which of these texts are searched: each is read only where those before it do not have the words. */
const TEXTS: Readonly<Record<Where, readonly string[]>> = {
  ...{ subject: [FIELDS.subject], from: [FIELDS.from], to: [FIELDS.to], cc: [FIELDS.cc], bcc: [FIELDS.bcc] },
  body: [BODY],
  text: [...Object.values(FIELDS), BODY, HEAD],
};

const JOINED = `
  FROM messages m LEFT JOIN served s ON s.message_row = m.row LEFT JOIN served_octets o ON o.message_row = m.row
    LEFT JOIN bodies b ON b.message_row = m.row
  WHERE m.mailbox = $mailbox AND m.uid IS NOT NULL
    AND ($uids IS NULL OR m.uid IN (SELECT value FROM json_each($uids)))`;

export function withText(sql: SqlConnection, o: Parameters<ServedMail['withText']>[0]): number[] {
  if (o.text.length > MAX_SOUGHT_CHARACTERS) return [];
  const patterns = patternsOf(o.text);
  const names = patterns.map((_pattern, index) => `$pattern${String(index)}`);
  const hits = TEXTS[o.where].flatMap((text) => names.map((name) => `${text} LIKE ${name} ESCAPE '\\'`));
  const query = `SELECT m.uid ${JOINED} AND (${hits.join(' OR ')}) ORDER BY m.uid`;
  const values = Object.fromEntries(patterns.map((pattern, index) => [`pattern${String(index)}`, pattern]));
  return sql.all<{ uid: number }>(query, { ...asked(sql, o), ...values }).map(({ uid }) => uid);
}

/** LIKE knows no case of ASCII letters; of others these three are looked for. */
function patternsOf(text: string): string[] {
  const forms = /^[\x00-\x7f]*$/.test(text) ? [text] : [text, text.toLowerCase(), text.toUpperCase()];
  return [...new Set(forms)].map((form) => `%${form.replace(/[\\%_]/g, String.raw`\$&`)}%`);
}

const asked = (
  sql: SqlConnection,
  { mailbox, uids }: Pick<Parameters<ServedMail['withText']>[0], 'mailbox' | 'uids'>,
) => ({
  mailbox: mailboxRow(sql, mailbox),
  uids: uids === undefined ? null : JSON.stringify(uids),
});

type HeadRow = { uid: number; head: SqlValue };

export function withHeader(sql: SqlConnection, o: Parameters<ServedMail['withHeader']>[0]): number[] {
  if (o.text.length > MAX_SOUGHT_CHARACTERS) return [];
  const name = o.field.toLowerCase();
  const found = new Set(isSortable(name) && o.text !== '' ? withText(sql, { ...o, where: name }) : []);
  const [named = ''] = patternsOf(name);
  for (const { uid, head } of sql.all<HeadRow>(
    `SELECT m.uid, o.head ${JOINED} AND ${HEAD} LIKE $named ESCAPE '\\' ORDER BY m.uid`,
    { ...asked(sql, o), named },
  ))
    if (!found.has(uid) && hasField(head, name, o.text)) found.add(uid);
  return [...found].sort((one, other) => one - other);
}

const isSortable = (name: string): name is keyof typeof FIELDS => Object.hasOwn(FIELDS, name);

function hasField(head: SqlValue, name: string, text: string): boolean {
  if (!(head instanceof Uint8Array)) return false;
  const header = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('utf8');
  const sought = text.toLowerCase();
  return writtenFields(header).some((each) => each.name === name && each.value.toLowerCase().includes(sought));
}
