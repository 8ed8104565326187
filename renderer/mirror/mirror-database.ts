import { Dexie } from 'dexie';
import type { EntityTable } from 'dexie';
import type { Contact } from '../../shared/contact';
import type { Identity } from '../../shared/identity';
import type { Delivery, MessageSummary } from '../../shared/message';

/**
 * The read model of what is near the screen: summaries only. It lives in a session partition without disk, under a new
 * name each start, and is deleted when the profile is locked.
 */
export type Mirror = Dexie & {
  readonly identities: EntityTable<Identity, 'id'>;
  readonly messages: EntityTable<MessageSummary, 'id'>;
  readonly contacts: EntityTable<Contact, 'id'>;
  readonly deliveries: EntityTable<Delivery, 'id'>;
};

const PREFIX = 'posthorn-mirror-';

/** Opens an empty mirror. */
export const openMirror = (): Mirror => {
  const mirror = new Dexie(`${PREFIX}${crypto.randomUUID()}`);
  mirror.version(1).stores({
    identities: 'id, createdAt',
    messages:
      'id, [identityId+folder+orderedAt+sequence], [identityId+mailboxId+orderedAt+sequence], [identityId+threadId], identityId',
    contacts: 'id, identityId, [identityId+address]',
    deliveries: 'id, identityId, messageId',
  });
  // Dexie makes the tables named above; their row types are said here once.
  return mirror as Mirror;
};

/** Deletes mirrors that an earlier page of this session left behind. */
export const deleteOldMirrors = async (keep: string): Promise<void> => {
  const names = await Dexie.getDatabaseNames();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== keep).map((name) => Dexie.delete(name)));
};

/** Forgets everything that came from the vault. */
export const wipeMirror = async (mirror: Mirror): Promise<void> => {
  await mirror.transaction('rw', mirror.tables, async () => {
    await Promise.all(mirror.tables.map((table) => table.clear()));
  });
};
