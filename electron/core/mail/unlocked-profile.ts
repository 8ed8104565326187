import { PosthornError } from '../../../shared/errors';
import type { Identity } from '../../../shared/identity';
import type { IdentityId, MailAddress } from '../../../shared/ids';
import type { Unsubscribe, Vault, VaultIdentity } from '../ports';
import { createDeliverySlots } from './delivery-slots';
import { openIdentity, toIdentity, type OpenIdentity } from './open-identity';
import { renewCertification } from './renew-certification';
import type { Services } from './services';

const DAY_MS = 24 * 60 * 60_000;

/** An open vault with every identity in service. One that cannot be opened is shown as damaged and left as it is. */
export class UnlockedProfile {
  readonly #open = new Map<IdentityId, OpenIdentity>();
  readonly #slots = createDeliverySlots();
  #stopStatus: Unsubscribe = () => undefined;
  #cancelRenewal: Unsubscribe = () => undefined;

  constructor(
    private readonly services: Services,
    readonly vault: Vault,
  ) {}

  /** Opens all identities; deliveries start whenever Tor comes up, and certifications are renewed day by day. */
  async start(): Promise<void> {
    await this.services.onion.setBridges(this.vault.settings().bridges);
    for (const identity of this.vault.identities()) {
      await this.open(identity).catch((error: unknown) => {
        this.services.log.error('identity.not-opened', { posthorn: error instanceof PosthornError });
      });
    }
    this.#stopStatus = this.services.onion.onStatus((status) => {
      if (status.phase === 'online') for (const identity of this.#open.values()) identity.outbox.wake();
    });
    this.#renewDaily();
  }

  async open(identity: VaultIdentity): Promise<OpenIdentity> {
    const opened = await openIdentity(this.services, { vault: this.vault, identity, slots: this.#slots });
    this.#open.set(identity.id, opened);
    return opened;
  }

  views(): Identity[] {
    return this.vault.identities().map((identity) => this.#open.get(identity.id)?.view() ?? toIdentity(identity, 'damaged'));
  }

  require(identityId: IdentityId): OpenIdentity {
    const identity = this.#open.get(identityId);
    if (identity) return identity;
    if (this.vault.identities().some((each) => each.id === identityId)) {
      throw new PosthornError('store-damaged', 'The mail of this identity cannot be opened. Its file was left as it is; restore it from a backup.');
    }
    throw new PosthornError('identity-unknown', 'This identity is not in this profile.');
  }

  async remove(o: { identityId: IdentityId; confirmAddress: MailAddress }): Promise<void> {
    const identity = this.vault.identities().find((each) => each.id === o.identityId);
    if (!identity) throw new PosthornError('identity-unknown', 'This identity is not in this profile.');
    if (identity.address !== o.confirmAddress) {
      throw new PosthornError('address-invalid', 'The address does not match. Nothing was deleted.');
    }
    const opened = this.#open.get(o.identityId);
    this.#open.delete(o.identityId);
    await opened?.close();
    this.vault.removeIdentity(o.identityId);
  }

  async stop(): Promise<void> {
    this.#stopStatus();
    this.#cancelRenewal();
    await Promise.all([...this.#open.values()].map((identity) => identity.close()));
    this.vault.lock();
  }

  #renewDaily(): void {
    this.#cancelRenewal = this.services.clock.setTimer(DAY_MS, () => {
      const renewals = [...this.#open.values()].map((each) =>
        renewCertification(this.services, { vault: this.vault, identity: each.identity() }),
      );
      Promise.all(renewals).catch(() => { this.services.log.error('certification.not-renewed'); });
      this.#renewDaily();
    });
  }
}
