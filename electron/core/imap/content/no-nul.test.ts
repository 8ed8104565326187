import { expect, it } from 'vitest';
import type { ImapMessage } from '../../ports/imap';
import type { ImapClient } from '../testing/imap-client';
import { useImapHouse } from '../testing/use-imap-house';
import { messageItem } from './simple-item';

let client: ImapClient;
let box: string;
useImapHouse((made) => ({ client, box } = made));

it('PREVIEW has no NUL, which no string may hold', () => {
  const message = { preview: 'a\0b' } as ImapMessage;
  for (const isUtf8 of [true, false]) {
    const told = messageItem('PREVIEW', { message, isUtf8 }) ?? '';
    expect(Buffer.from(told, 'latin1').toString('utf8')).toMatch(/a\ufffdb"?$/);
  }
});

it('BODY[] has none either, and BINARY[] is told as a literal8', async () => {
  const text = 'Subject: x\r\n\r\none\0two';
  await client.run(`APPEND ${box} ~{${String(text.length)}+}\r\n${text}`);
  await client.run(`SELECT ${box}`);
  expect(await client.run('FETCH 1 BODY.PEEK[]')).toContain(
    `* 1 FETCH (BODY[] {21}\r\nSubject: x\r\n\r\none\u0080two)`,
  );
  expect(await client.run('FETCH 1 BINARY.PEEK[1]')).toContain('* 1 FETCH (BINARY[1] ~{7}\r\none\0two)');
});
