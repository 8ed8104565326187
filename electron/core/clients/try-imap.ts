import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { ClientServers } from '../ports/client-servers';

/** Milliseconds after which a server that says nothing is given up. Wrong passwords before this one may cost a wait. */
const PATIENCE_MS = 60_000;

/**
 * Logs in to an IMAP server on 127.0.0.1 with AUTHENTICATE PLAIN (RFC 9051 6.2.2, RFC 4616), asks for the mailboxes and
 * logs out, as a mail program would. Never rejects.
 */
export const tryImap: ClientServers['tryImap'] = ({ port, user, password }) =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (outcome: Awaited<ReturnType<ClientServers['tryImap']>>): void => {
      resolve(outcome);
      socket.destroy();
    };
    socket.setTimeout(PATIENCE_MS, () => {
      end('no-answer');
    });
    socket.on('error', () => {
      end('no-answer');
    });
    socket.on('close', () => {
      end('no-answer');
    });
    createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      const answer = answerTo(line, { user, password });
      if (answer.outcome !== undefined) end(answer.outcome);
      else if (answer.say !== undefined) socket.write(`${answer.say}\r\n`);
    });
  });

type Answer = { readonly say?: string; readonly outcome?: 'logged-in' | 'refused' | 'no-answer' };

function answerTo(line: string, { user, password }: { user: string; password: string }): Answer {
  if (/^\* OK\b/iu.test(line)) return { say: 'a1 AUTHENTICATE PLAIN' };
  if (line.startsWith('+')) return { say: Buffer.from(`\0${user}\0${password}`).toString('base64') };
  if (/^a1 OK\b/iu.test(line)) return { say: 'a2 LIST "" "*"' };
  if (/^a1 NO \[UNAVAILABLE\]/iu.test(line)) return { outcome: 'no-answer' };
  if (/^a1 /u.test(line)) return { outcome: 'refused' };
  if (/^a2 OK\b/iu.test(line)) return { say: 'a3 LOGOUT', outcome: 'logged-in' };
  return /^a2 |^\* BYE\b/iu.test(line) ? { outcome: 'no-answer' } : {};
}
