import { expect } from 'vitest';
import type { ImapClient } from './imap-client';

/**
 * Holds a conversation as the RFCs write it: what a line with `C: ` says is sent, what lines with `S: ` say must come,
 * nothing else and in this order. `…` stands for anything, `⏎` for CRLF within a literal. Captures nothing.
 */
export async function converse(client: ImapClient, script: string): Promise<void> {
  const lines = script
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '');
  for (const line of lines) {
    const text = line.slice(3).replaceAll('⏎', '\r\n');
    if (line.startsWith('C: ')) client.send(`${Buffer.from(text, 'utf8').toString('latin1')}\r\n`);
    else if (line.startsWith('S: ')) await expectNext(client, text);
    else throw new Error(`Neither C: nor S: ${line}`);
  }
}

async function expectNext(client: ImapClient, expected: string): Promise<void> {
  const received = await client.next();
  const pattern = expected.split('…').map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const isAsExpected = new RegExp(`^${pattern.join('[^]*')}$`).test(received);
  expect(isAsExpected ? expected : received).toBe(expected);
}
