import { PosthornError } from '../../../shared/errors';
import type { Contact, KeyState } from '../../../shared/contact';
import type { ContactId, Fingerprint, IdentityId, MailAddress } from '../../../shared/ids';
import type { ContactChange, MailStore, StoredContact } from '../ports';
import type { SqlConnection, SqlParameters } from './sql-connection';
import { fromBlob, toBlob } from './sql-connection';
import type { StoreParts } from './store-parts';
import type { Emit } from './transaction';

type Contacts = Pick<
  MailStore,
  'contacts' | 'contact' | 'addContact' | 'updateContact' | 'removeContact' | 'newestCertification' | 'noteCertification'
>;

/** One identity's address book, and the newest certification of every address ever seen. */
export function createContactStore({ sql, identityId, writer }: StoreParts): Contacts {
  const find = (by: ContactId | MailAddress): StoredContact | undefined => {
    const row = sql.get<ContactRow>(`${SELECT_CONTACTS} WHERE id = $by OR address = $by`, { by });
    return row === undefined ? undefined : toContact(identityId, row);
  };
  return {
    contacts: () => sql.all<ContactRow>(`${SELECT_CONTACTS} ORDER BY name, address`).map((row) => toContact(identityId, row)),
    contact: find,
    addContact: (contact) =>
      writer.write((emit) => {
        if (find(contact.address) !== undefined) throw existingContact();
        const added = { ...contact, identityId };
        sql.run(PUT_CONTACT, toParameters(added));
        return announced(added, emit);
      }),
    updateContact: (id, change) =>
      writer.write((emit) => {
        const contact = find(id);
        if (contact === undefined) throw unknownContact();
        const changed = withChange(contact, change);
        sql.run(PUT_CONTACT, toParameters(changed));
        return announced(changed, emit);
      }),
    removeContact: (id) =>
      writer.write((emit) => {
        if (sql.run('DELETE FROM contacts WHERE id = $id', { id }) === 0) throw unknownContact();
        emit({ type: 'contact.removed', identityId, contactId: id });
      }),
    newestCertification: (address) => newestCertification(sql, address),
    noteCertification: (address, certifiedAt) => writer.write(() => sql.run(NOTE_CERTIFICATION, { address, certifiedAt })),
  };
}

type ContactRow = {
  id: ContactId;
  address: MailAddress;
  name: string;
  key_state: KeyState;
  fingerprint: Fingerprint | null;
  certified_at: number | null;
  public_key: Uint8Array<ArrayBuffer> | null;
  blocked: number;
  added_at: number;
};

const SELECT_CONTACTS = 'SELECT id, address, name, key_state, fingerprint, certified_at, public_key, blocked, added_at FROM contacts';

const PUT_CONTACT = `
  INSERT INTO contacts (id, address, name, key_state, fingerprint, certified_at, public_key, blocked, added_at)
  VALUES ($id, $address, $name, $keyState, $fingerprint, $certifiedAt, $publicKey, $blocked, $addedAt)
  ON CONFLICT (id) DO UPDATE SET name = $name, key_state = $keyState, fingerprint = $fingerprint, certified_at = $certifiedAt,
    public_key = $publicKey, blocked = $blocked`;

/** Never goes back: an older certification than one seen before must not be believed again. */
const NOTE_CERTIFICATION = `
  INSERT INTO certifications (address, certified_at) VALUES ($address, $certifiedAt)
  ON CONFLICT DO UPDATE SET certified_at = max(certified_at, $certifiedAt)`;

function newestCertification(sql: SqlConnection, address: MailAddress): number | undefined {
  return sql.get<{ certified_at: number }>('SELECT certified_at FROM certifications WHERE address = $address', { address })?.certified_at;
}

function toContact(identityId: IdentityId, row: ContactRow): StoredContact {
  return {
    id: row.id,
    identityId,
    address: row.address,
    name: row.name,
    keyState: row.key_state,
    ...(row.fingerprint === null ? {} : { fingerprint: row.fingerprint }),
    ...(row.certified_at === null ? {} : { certifiedAt: row.certified_at }),
    blocked: row.blocked === 1,
    addedAt: row.added_at,
    ...(row.public_key === null ? {} : { publicKey: fromBlob(row.public_key) }),
  };
}

function toParameters(contact: StoredContact): SqlParameters {
  return {
    id: contact.id,
    address: contact.address,
    name: contact.name,
    keyState: contact.keyState,
    fingerprint: contact.fingerprint ?? null,
    certifiedAt: contact.certifiedAt ?? null,
    publicKey: contact.publicKey === undefined ? null : toBlob(contact.publicKey),
    blocked: Number(contact.blocked),
    addedAt: contact.addedAt,
  };
}

function withChange(contact: StoredContact, { name, blocked, key, keyState }: ContactChange): StoredContact {
  const { state, ...verified } = key ?? { state: keyState ?? contact.keyState };
  return { ...contact, ...verified, name: name ?? contact.name, blocked: blocked ?? contact.blocked, keyState: state };
}

/** Events carry no key block: windows show contacts, they verify nothing. */
function announced(stored: StoredContact, emit: Emit): StoredContact {
  const { publicKey: _publicKey, ...rest } = stored;
  const contact: Contact = rest;
  emit({ type: 'contact.changed', contact });
  return stored;
}

function existingContact(): PosthornError {
  return new PosthornError('contact-exists', 'This address is in your contacts already. Nothing was changed.');
}

function unknownContact(): PosthornError {
  return new PosthornError('contact-unknown', 'This contact is no longer there. Nothing was changed.');
}
