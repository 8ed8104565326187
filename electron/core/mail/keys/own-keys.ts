import type { Vault, VaultIdentity, VaultIdentityChange } from '../../ports/storage/vault';
import type { Identity } from '../../../../shared/identity';
import type { IdentityId } from '../../../../shared/ids';
import type { Mailbox, Services } from '../mailbox';

/** What a change of keys needs of the identity that owns them. */
export type KeyOwner = Mailbox & { readonly id: IdentityId; view(): Identity };

/** Writes a change of keys in one commit, and announces the identity. */
export type WriteKeys = (change: VaultIdentityChange) => void;

/** The keys of one open identity as use cases change them. */
export type OwnKeys = {
  readonly opened: KeyOwner;
  /**
   * Runs a change when every one before it is finished. Two at once would both start from the same keys, and the second
   * would undo the first.
   */
  inTurn<T>(run: (identity: VaultIdentity, write: WriteKeys) => Promise<T>): Promise<T>;
};

/** The keys of an identity that is open; every change goes through `inTurn`. */
export function createOwnKeys(
  services: Pick<Services, 'events'>,
  { vault, opened }: { vault: Vault; opened: KeyOwner },
): OwnKeys {
  let turn: Promise<unknown> = Promise.resolve();
  const write: WriteKeys = (change) => {
    vault.updateIdentity(opened.id, change);
    services.events.publish({ type: 'identity.changed', identity: opened.view() });
  };
  return {
    opened,
    inTurn: (run) => {
      const next = turn.then(() => run(opened.identity(), write));
      turn = next.catch(() => undefined);
      return next;
    },
  };
}
