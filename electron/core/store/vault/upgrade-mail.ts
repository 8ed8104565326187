import { statSync } from 'node:fs';
import type { Log } from '../../ports/runtime';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';
import type { IdentityFiles } from '../files/identity-files';
import { mailMigrations } from '../migrations/mail-schema';
import { upgradeDatabase } from '../sql/upgrade-database';

type Upgrading = {
  readonly identities: readonly VaultIdentity[];
  readonly files: Pick<IdentityFiles, 'mailPath'>;
  readonly migrating?: () => void;
  readonly log?: Log;
};

/** See `Vault.upgradeMail`. How much is done counts by octets of the files: a large one takes long. */
export async function upgradeMail(
  { identities, files, migrating = () => undefined, log }: Upgrading,
  { told, isWanted }: Parameters<Vault['upgradeMail']>[0],
): Promise<void> {
  const all = identities.map(({ id, databaseKey: key }) => ({ key, ...sized(files.mailPath(id)) }));
  const total = all.reduce((sum, { octets }) => sum + octets, 0);
  let before = 0;
  for (const { path, key, octets } of all) {
    if (!isWanted()) return;
    const say = (share: number): void => told((before + share * octets) / total);
    await upgradeDatabase({ path, key, migrations: mailMigrations, busy: migrating, told: say, isWanted }).catch(() => {
      log?.warn('mail.not-upgraded');
    });
    before += octets;
  }
}

function sized(path: string): { path: string; octets: number } {
  return { path, octets: statSync(path, { throwIfNoEntry: false })?.size ?? 0 };
}
