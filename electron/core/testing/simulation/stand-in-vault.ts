import { defaultSettings } from '../../../../shared/settings';
import type { MailStore } from '../../ports/storage/mail-store';
import type { Vault, VaultIdentity } from '../../ports/storage/vault';

const notSimulated = (): never => {
  throw new Error('This part of the vault is not simulated.');
};

/** The vault of a profile with one identity; it outlives crashes, as a file would. */
export function createStandInVault(o: { identity: VaultIdentity; openMail: () => MailStore }): Vault {
  let { identity } = o;
  return {
    identities: () => [identity],
    updateIdentity: (_id, change) => {
      identity = { ...identity, ...change };
    },
    settings: () => defaultSettings,
    upgradeMail: () => Promise.resolve(),
    openMail: o.openMail,
    lock: () => undefined,
    appPasswords: { list: () => [], add: notSimulated, remove: notSimulated, used: notSimulated },
    devices: {
      list: () => [],
      onionSeed: () => undefined,
      add: notSimulated,
      remove: notSimulated,
      used: notSimulated,
    },
    guests: {
      list: () => [],
      onionSeed: () => undefined,
      add: notSimulated,
      update: notSimulated,
      remove: notSimulated,
      openMail: notSimulated,
    },
    addIdentity: notSimulated,
    removeIdentity: notSimulated,
    setSettings: notSimulated,
    installIdentity: notSimulated,
    copyMail: notSimulated,
  };
}
