import { BadCommand } from '../../grammar/bad-command';
import type { Command } from '../../session/command';
import type { Session } from '../../session/session';
import { no, type Tagged } from '../../session/tagged';
import { logIn } from './log-in';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const INITIAL = /[A-Za-z0-9+/=]+/y;

/** AUTHENTICATE with PLAIN or LOGIN, and an initial response (RFC 9051 6.2.2, RFC 4616). */
export const authenticate: Command = {
  state: 'not-authenticated',
  read: (reader) => {
    reader.space();
    const mechanism = reader.word();
    const initial = reader.more() ? reader.match(INITIAL)?.[0] : undefined;
    return ({ session }) => {
      if (mechanism === 'PLAIN') return plain(session, initial);
      if (mechanism === 'LOGIN') return askedOneByOne(session, initial);
      return no('There is no such mechanism', 'CANNOT');
    };
  },
};

async function plain(session: Session, initial: string | undefined): Promise<Tagged> {
  const response = initial === undefined ? await askFor(session, '') : fromBase64(initial === '=' ? '' : initial);
  const [authorised, user, password, ...more] = response.split('\0');
  if (user === undefined || password === undefined || more.length > 0)
    throw new BadCommand('This is no PLAIN response');
  if (authorised !== '' && authorised !== user) return no('Nobody logs in for others', 'AUTHORIZATIONFAILED');
  return logIn(session, { user, password });
}

async function askedOneByOne(session: Session, initial: string | undefined): Promise<Tagged> {
  const user = initial === undefined ? await askFor(session, 'Username:') : fromBase64(initial);
  const password = await askFor(session, 'Password:');
  return logIn(session, { user, password });
}

/** Throws `BadCommand` where the client gives up, with `*`, or answers something else than base64. */
async function askFor({ client }: Session, prompt: string): Promise<string> {
  client.write(`+ ${Buffer.from(prompt).toString('base64')}\r\n`);
  await client.flush();
  const answer = await client.next();
  const part = answer?.kind === 'command' && answer.parts.length === 1 ? answer.parts[0] : undefined;
  const line = part && 'text' in part ? part.text : '*';
  if (line === '*') throw new BadCommand('AUTHENTICATE was given up');
  return fromBase64(line);
}

function fromBase64(text: string): string {
  if (!BASE64.test(text)) throw new BadCommand('This is no base64');
  return Buffer.from(text, 'base64').toString('utf8');
}
