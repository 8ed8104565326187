import type { Command } from './commands/command';
import { addresses } from './commands/people/addresses';
import { backup } from './commands/profile/backup';
import { bridges } from './commands/profile/bridges';
import { contacts } from './commands/people/contacts';
import { devices } from './commands/profile/devices';
import { gateway } from './commands/profile/gateway';
import { exportKey } from './commands/profile/export-key';
import { guests } from './commands/people/guests';
import { history } from './commands/mail/history';
import { hold } from './commands/people/hold';
import { identity } from './commands/profile/identity';
import { introduce } from './commands/people/introduce';
import { key } from './commands/profile/key';
import { keys } from './commands/people/keys';
import { list } from './commands/mail/list';
import { lists } from './commands/people/lists';
import { mailboxes } from './commands/mail/mailboxes';
import { move } from './commands/mail/move';
import { outbox } from './commands/mail/outbox';
import { paperKey } from './commands/profile/paper-key';
import { programs } from './commands/profile/programs';
import { requests } from './commands/mail/requests';
import { restore } from './commands/profile/restore';
import { saveAttachment } from './commands/mail/save-attachment';
import { saveEml } from './commands/mail/save-eml';
import { send } from './commands/mail/send';
import { show } from './commands/mail/show';
import { status } from './commands/profile/status';
import { testBackup } from './commands/profile/test-backup';
import { storage } from './commands/profile/storage';
import { tags } from './commands/mail/tags';
import { tor } from './commands/profile/tor';
import { trust } from './commands/people/trust';
import { unlock } from './commands/profile/unlock';
import { verify } from './commands/people/verify';
import { watch } from './commands/mail/watch';

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
  ['lists', lists],
  ['send', send],
  ['list', list],
  ['mailboxes', mailboxes],
  ['move', move],
  ['tags', tags],
  ['show', show],
  ['history', history],
  ['requests', requests],
  ['save-eml', saveEml],
  ['save-attachment', saveAttachment],
  ['outbox', outbox],
  ['storage', storage],
  ['programs', programs],
  ['devices', devices],
  ['gateway', gateway],
  ['guests', guests],
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
