import type { SecureContext } from 'node:tls';
import { authenticate } from './commands/access/authenticate';
import { capability } from './commands/access/capability';
import { compress } from './commands/access/compress';
import { enable } from './commands/access/enable';
import { id } from './commands/access/id';
import { login } from './commands/access/login';
import { logout } from './commands/access/logout';
import { noop } from './commands/access/noop';
import { startTls } from './commands/access/start-tls';
import { append } from './commands/mailboxes/append';
import { create } from './commands/mailboxes/create';
import { deleteMailbox } from './commands/mailboxes/delete';
import { list } from './commands/mailboxes/list';
import { lsub } from './commands/mailboxes/lsub';
import { namespace } from './commands/mailboxes/namespace';
import { getQuota, getQuotaRoot } from './commands/mailboxes/quota';
import { rename } from './commands/mailboxes/rename';
import { status } from './commands/mailboxes/status';
import { subscribe } from './commands/mailboxes/subscribe';
import { check } from './commands/messages/check';
import { close } from './commands/messages/close';
import { copy, move } from './commands/messages/copy';
import { expunge } from './commands/messages/expunge';
import { fetch } from './commands/messages/fetch';
import { idle } from './commands/messages/idle';
import { search } from './commands/messages/search';
import { select } from './commands/messages/select';
import { sort } from './commands/messages/sort';
import { store } from './commands/messages/store';
import { thread } from './commands/messages/thread';
import { unselect } from './commands/messages/unselect';
import type { Command } from './session/command';

export type CommandTable = ReadonlyMap<string, Command>;

/** All commands by name. STARTTLS is among them where there is a certificate. */
export function commandTable(secureContext: SecureContext | undefined): CommandTable {
  return new Map<string, Command>([
    ['APPEND', append],
    ['AUTHENTICATE', authenticate],
    ['CAPABILITY', capability],
    ['CHECK', check],
    ['CLOSE', close],
    ['COMPRESS', compress],
    ['COPY', copy],
    ['CREATE', create],
    ['DELETE', deleteMailbox],
    ['ENABLE', enable],
    ['EXAMINE', select({ isReadOnly: true })],
    ['EXPUNGE', expunge],
    ['FETCH', fetch],
    ['GETQUOTA', getQuota],
    ['GETQUOTAROOT', getQuotaRoot],
    ['ID', id],
    ['IDLE', idle],
    ['LIST', list],
    ['LOGIN', login],
    ['LOGOUT', logout],
    ['LSUB', lsub],
    ['MOVE', move],
    ['NAMESPACE', namespace],
    ['NOOP', noop],
    ['RENAME', rename],
    ['SEARCH', search],
    ['SELECT', select({ isReadOnly: false })],
    ['SORT', sort],
    ['STARTTLS', startTls(secureContext)],
    ['STATUS', status],
    ['STORE', store],
    ['SUBSCRIBE', subscribe({ isSubscribed: true })],
    ['THREAD', thread],
    ['UNSELECT', unselect],
    ['UNSUBSCRIBE', subscribe({ isSubscribed: false })],
  ]);
}
