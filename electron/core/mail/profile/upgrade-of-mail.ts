import type { Upgrade } from '../../../../shared/contract/core-events';
import { PosthornError } from '../../../../shared/errors';
import type { Vault } from '../../ports/storage/vault';
import type { Services } from '../mailbox';

/** Brings the mail of a vault that an older version kept up to date, and tells how far it is. */
export class UpgradeOfMail {
  #progress: Upgrade | undefined;
  #isWanted = true;

  constructor(
    private readonly services: Pick<Services, 'events'>,
    private readonly vault: Pick<Vault, 'upgradeMail' | 'lock'>,
  ) {}

  /** How far it is; undefined where there is nothing to do. */
  get progress(): Upgrade | undefined {
    return this.#progress;
  }

  /** Resolves when all is done. Locks the vault and throws `profile-locked` when it was ended before. */
  async run(): Promise<void> {
    await this.vault.upgradeMail({ told: (share) => this.#tell(share), isWanted: () => this.#isWanted });
    if (this.#isWanted) return;
    this.vault.lock();
    throw new PosthornError(
      'profile-locked',
      'Posthorn was locked before your mail was up to date. Nothing was lost; it goes on when you unlock it.',
    );
  }

  /** Ends it at its next step: the profile is to be locked. */
  end(): void {
    this.#isWanted = false;
  }

  #tell(share: number): void {
    const percent = Math.floor(100 * share);
    if (percent === this.#progress?.percent) return;
    this.#progress = { percent };
    this.services.events.publish({ type: 'upgrade.progressed', upgrade: { percent } });
  }
}
