import type { Command } from './command';
import { addresses } from './commands/addresses';
import { backup } from './commands/backup';
import { bridges } from './commands/bridges';
import { contacts } from './commands/contacts';
import { exportKey } from './commands/export-key';
import { history } from './commands/history';
import { hold } from './commands/hold';
import { identity } from './commands/identity';
import { introduce } from './commands/introduce';
import { key } from './commands/key';
import { keys } from './commands/keys';
import { list } from './commands/list';
import { outbox } from './commands/outbox';
import { paperKey } from './commands/paper-key';
import { requests } from './commands/requests';
import { restore } from './commands/restore';
import { saveAttachment } from './commands/save-attachment';
import { saveEml } from './commands/save-eml';
import { send } from './commands/send';
import { show } from './commands/show';
import { status } from './commands/status';
import { testBackup } from './commands/test-backup';
import { tor } from './commands/tor';
import { trust } from './commands/trust';
import { unlock } from './commands/unlock';
import { verify } from './commands/verify';
import { watch } from './commands/watch';

/** Every command of `posthorn`, by name, in the order of the help text. */
export const commandTable: ReadonlyMap<string, Command> = new Map([
  ['status', status],
  ['addresses', addresses],
  ['identity', identity],
  ['contacts', contacts],
  ['hold', hold],
  ['trust', trust],
  ['verify', verify],
  ['introduce', introduce],
  ['keys', keys],
  ['send', send],
  ['list', list],
  ['show', show],
  ['history', history],
  ['requests', requests],
  ['save-eml', saveEml],
  ['save-attachment', saveAttachment],
  ['outbox', outbox],
  ['tor', tor],
  ['bridges', bridges],
  ['key', key],
  ['export-key', exportKey],
  ['backup', backup],
  ['test-backup', testBackup],
  ['restore', restore],
  ['paper-key', paperKey],
  ['unlock', unlock],
  ['watch', watch],
]);
