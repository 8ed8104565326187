import type { ImapClient } from './imap-client';

/** Appends a message, whose line ends are `\n` here; `before`: flags or a date, with a blank at the end. */
export async function appendMessage(
  client: ImapClient,
  {
    mailbox = 'INBOX',
    before = '',
    text,
  }: { readonly mailbox?: string; readonly before?: string; readonly text: string },
): Promise<string | undefined> {
  const octets = text.replaceAll('\n', '\r\n');
  const responses = await client.run(`APPEND ${mailbox} ${before}{${String(octets.length)}+}\r\n${octets}`);
  return responses.at(-1);
}

/** A letter of one line. */
export function letter(subject: string, more = ''): string {
  return `From: Bob <bob@example.onion>\nTo: alice@example.onion\nDate: Sat, 24 Mar 2007 23:00:00 +0200\nSubject: ${subject}\n${more}\nHello, ${subject}\n`;
}
