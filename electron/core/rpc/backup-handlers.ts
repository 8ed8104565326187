import type { backupContract } from '../../../shared/contract/backup-contract';
import { BackupDesk } from '../mail/profile/backup-profile';
import { done, type Deps, type Handlers } from './handler-kit';

/** Makes, tests and restores backups; their files pass in pieces. */
export function backupHandlers({ services, session }: Deps): Pick<Handlers, keyof typeof backupContract> {
  const desk = new BackupDesk(services, session);
  return {
    'backup.create': (o) => desk.create(o),
    'backup.read': (o) => desk.read(o),
    'backup.open': (o) => desk.open(o),
    'backup.write': async (o) => (await desk.write(o), done),
    'backup.test': (o) => desk.test(o),
    'backup.restore': (o) => desk.restore(o),
    'backup.discard': async (o) => (await desk.discard(o.backupId), done),
  };
}
