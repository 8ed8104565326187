import type { UnlockOutcome } from '../../../../shared/contract/core-contract';
import type { ProfileState } from '../../../../shared/contract/core-events';
import { PosthornError } from '../../../../shared/errors';
import { present } from '../../../../shared/present';
import type { Identity, IdentityColour } from '../../../../shared/identity';
import type { IdentityId, MailAddress } from '../../../../shared/ids';
import type { ProgramAccess } from '../../../../shared/programs/mail-program';
import type { ProgramPorts, Settings } from '../../../../shared/settings';
import type { BackupOutcome } from '../../../../shared/backup';
import type { BackupSource, Profile, Vault, VaultIdentity } from '../../ports/storage/vault';
import { createIdentity } from './create-identity';
import type { OpenIdentity } from './open-identity';
import type { Devices } from '../clients/devices/devices';
import type { Guests } from '../clients/guests/guests';
import type { MailPrograms } from '../clients/mail-programs';
import type { OwnKeys } from '../keys/own-keys';
import { paperKey } from '../keys/paper-key';
import { restoreFromPaper } from './restore-from-paper';
import { restoreProfile, type Restoring } from './restore-profile';
import type { Services } from '../mailbox';
import { UnlockedProfile } from './unlocked-profile';
import { UpgradeOfMail } from './upgrade-of-mail';

/**
 * The profile of this process and the one piece of state of the core: whether it is locked, and if not, which vault is
 * open. Calls that change it run one after the other, so that a lock in the middle of an unlock finds it finished.
 */
export class ProfileSession {
  #unlocked: UnlockedProfile | undefined;
  #upgrade: UpgradeOfMail | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly services: Services,
    private readonly profile: Profile,
  ) {}

  /** Whether the profile is new, locked or unlocked, and when a passphrase may be tried next. */
  state(): ProfileState {
    if (this.#unlocked) return { state: 'unlocked' };
    return { ...this.profile.state(), ...present({ upgrade: this.#upgrade?.progress }) };
  }

  /** Makes the vault and unlocks it; throws `profile-exists`. */
  create(passphrase: string): Promise<void> {
    return this.#inTurn(async () => {
      await this.#enter(await this.profile.create(passphrase));
    });
  }

  /** A wrong passphrase is an outcome, not an error; it says when the next may be tried. */
  unlock(passphrase: string): Promise<UnlockOutcome> {
    return this.#inTurn(async () => {
      if (this.#unlocked) return { outcome: 'unlocked' };
      const tried = await this.profile.unlock(passphrase);
      if (tried.outcome === 'unlocked') await this.#enter(tried.vault);
      else this.#announce();
      return tried.outcome === 'unlocked' ? { outcome: 'unlocked' } : tried;
    });
  }

  /**
   * Asks for the passphrase of a profile that may be open already, with the wait after wrong ones all the same; one
   * that is locked is unlocked.
   */
  prove(passphrase: string): Promise<UnlockOutcome> {
    return this.#inTurn(async () => {
      const tried = await this.profile.unlock(passphrase);
      if (tried.outcome !== 'unlocked') this.#announce();
      else if (!this.#unlocked) await this.#enter(tried.vault);
      return tried.outcome === 'unlocked' ? { outcome: 'unlocked' } : tried;
    });
  }

  /** As `state`, seen by somebody who must give the passphrase first, whether or not the profile is open. */
  closedState(): ProfileState {
    return this.profile.state();
  }

  /** Takes every identity out of service and forgets all keys; queued mail waits in the encrypted store. */
  lock(): Promise<void> {
    this.#upgrade?.end();
    return this.#inTurn(() => this.#leave());
  }

  /**
   * The desktop was locked, or the machine goes to sleep: does what the person chose of automatic locking. Without that
   * choice nothing is locked.
   * @param lockWindow locks the windows alone
   */
  screenLocked(lockWindow: () => void): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#unlocked) return;
      const { autoLockMinutes, autoLocks } = this.settings();
      if (autoLockMinutes === 0) return;
      if (autoLocks === 'window') lockWindow();
      else await this.#leave();
    });
  }

  /** Changes the passphrase; throws `profile-locked`. A wrong `current` is an outcome, as for `unlock`. */
  changePassphrase(o: { current: string; next: string }): Promise<UnlockOutcome> {
    return this.#inTurn(async () => {
      this.#require();
      const tried = await this.profile.changePassphrase(o);
      return tried.outcome === 'unlocked' ? { outcome: 'unlocked' } : tried;
    });
  }

  /** All identities, also those that could not be opened; throws `profile-locked`. */
  identities(): Identity[] {
    return this.#require().views();
  }

  /** Makes an identity; it is in the vault and in service when this resolves. Throws `too-many`. */
  createIdentity(o: { localPart: string; label: string; colour: IdentityColour }): Promise<Identity> {
    return this.#inTurn(async () => {
      const unlocked = this.#require();
      const opened = await unlocked.openNew(await createIdentity(this.services, unlocked.vault, o));
      this.services.events.publish({ type: 'identity.changed', identity: opened.view() });
      return opened.view();
    });
  }

  /** The words of an open identity's paper key. */
  paperKey(identity: Pick<OpenIdentity, 'identity'>): { words: string[] } {
    return paperKey(this.services, identity);
  }

  /**
   * As `createIdentity`, with the address of a paper key. Throws `invalid-call` for other words, or an address that is
   * here already.
   */
  restoreFromPaper(o: { words: string; localPart: string; label: string; colour: IdentityColour }): Promise<Identity> {
    return this.#inTurn(async () => {
      const unlocked = this.#require();
      const opened = await unlocked.openNew(await restoreFromPaper(this.services, unlocked.vault, o));
      this.services.events.publish({ type: 'identity.changed', identity: opened.view() });
      return opened.view();
    });
  }

  /** The contents for a backup; throws `profile-locked`. */
  backupSource(): BackupSource {
    const { vault } = this.#require();
    const guests = vault.guests.list().flatMap((guest) => {
      const onionSeed = vault.guests.onionSeed(guest.id);
      return onionSeed ? [{ ...guest, onionSeed }] : [];
    });
    return { identities: vault.identities(), guests, settings: vault.settings(), copyMail: (o) => vault.copyMail(o) };
  }

  /** Makes the profile of a backup and unlocks it; throws `profile-exists`. */
  restore(passphrase: string, restoring: Restoring): Promise<BackupOutcome> {
    return this.#inTurn(async () => {
      const { outcome, vault } = await restoreProfile(this.services, this.profile, { passphrase, restoring });
      if (vault) await this.#enter(vault);
      return outcome;
    });
  }

  /** Changes label, colour or presence; throws `identity-unknown`. */
  updateIdentity(
    identityId: IdentityId,
    change: Partial<Pick<VaultIdentity, 'label' | 'colour' | 'paused'>>,
  ): Promise<Identity> {
    return this.#inTurn(async () => {
      const identity = this.require(identityId);
      this.#require().vault.updateIdentity(identityId, change);
      await identity.setPaused(identity.identity().paused);
      return identity.view();
    });
  }

  /** Destroys the keys and the mail of an identity. Throws `address-invalid` when the repeated address is another. */
  deleteIdentity(o: { identityId: IdentityId; confirmAddress: MailAddress }): Promise<void> {
    return this.#inTurn(async () => {
      await this.#require().remove(o);
      this.services.events.publish({ type: 'identity.removed', identityId: o.identityId });
    });
  }

  /** The open identity; throws `profile-locked`, `identity-unknown` or `store-damaged`. */
  require(identityId: IdentityId): OpenIdentity {
    return this.#require().require(identityId);
  }

  /** The keys of an open identity, to change them; throws as `require` does. */
  ownKeys(identityId: IdentityId): OwnKeys {
    return this.#require().ownKeys(identityId);
  }

  /** The settings; throws `profile-locked`. */
  settings(): Settings {
    return this.#require().vault.settings();
  }

  /** Other mail programs of the open profile; throws `profile-locked`. */
  programs(): MailPrograms {
    return this.#require().programs;
  }

  /** Devices of the person whose profile is open; throws `profile-locked`. */
  devices(): Devices {
    return this.#require().devices;
  }

  /** People whom the person hosts; throws `profile-locked`. */
  guests(): Guests {
    return this.#require().guests;
  }

  /**
   * Stores the settings, gives Tor its bridges, and opens the ports for other programs. Throws `invalid-call` for
   * bridge lines that Tor does not take, and `port-refused`; then nothing has changed.
   */
  setSettings(settings: Settings): Promise<Settings> {
    return this.#inTurn(async () => {
      const keep = (): Promise<void> => this.#keep(settings);
      // A port that another program has is no reason to refuse another theme.
      if (isSame(settings.programs, this.settings().programs)) await keep();
      else await this.programs().listen(settings.programs, keep);
      return settings;
    });
  }

  /** Lets other mail programs in, or not. Throws `port-refused`; then all is as it was. */
  letProgramsIn(programs: ProgramPorts): Promise<ProgramAccess> {
    return this.#inTurn(async () => {
      await this.programs().listen(programs, () => this.#keep({ ...this.settings(), programs }));
      return this.programs().view();
    });
  }

  async #keep(settings: Settings): Promise<void> {
    const { vault } = this.#require();
    await this.services.onion.setBridges(settings.bridges, settings.builtInBridges);
    vault.setSettings(settings);
    this.services.events.publish({ type: 'settings.changed', settings });
  }

  /** Locks the profile and frees it for another process. */
  close(): Promise<void> {
    this.#upgrade?.end();
    return this.#inTurn(async () => {
      await this.#leave().finally(() => {
        this.profile.close();
      });
    });
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const next = this.#turn.then(step);
    this.#turn = next.catch(() => undefined);
    return next;
  }

  #require(): UnlockedProfile {
    if (this.#unlocked) return this.#unlocked;
    throw new PosthornError('profile-locked', 'The profile is locked. Unlock it with its passphrase.');
  }

  async #enter(vault: Vault): Promise<void> {
    await this.#bringUpToDate(vault);
    this.#unlocked = new UnlockedProfile(this.services, vault);
    await this.#unlocked.start();
    this.#announce();
  }

  /** Throws `profile-locked` when the profile was locked, or the program ended, before all was done. */
  async #bringUpToDate(vault: Vault): Promise<void> {
    this.#upgrade = new UpgradeOfMail(this.services, vault);
    try {
      await this.#upgrade.run();
    } catch (error) {
      this.#upgrade = undefined;
      this.#announce();
      throw error;
    }
    this.#upgrade = undefined;
  }

  async #leave(): Promise<void> {
    const unlocked = this.#unlocked;
    if (!unlocked) return;
    this.#unlocked = undefined;
    await unlocked.stop();
    this.#announce();
  }

  #announce(): void {
    this.services.events.publish({ type: 'profile.changed', profile: this.state() });
  }
}

function isSame(one: ProgramPorts, other: ProgramPorts): boolean {
  return one.isOn === other.isOn && one.imapPort === other.imapPort && one.submissionPort === other.submissionPort;
}
