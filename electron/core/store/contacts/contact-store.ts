import { PosthornError } from '../../../../shared/errors';
import type { Contact } from '../../../../shared/contact';
import type { ContactId, MailAddress } from '../../../../shared/ids';
import { MAX_FLOORS_OF_STRANGERS } from '../../domain/key-limits';
import type { StoredContact } from '../../ports/storage/mail-records';
import type { ContactRow } from './contact-rows';
import { changedParameters, PUT_CONTACT, SELECT_CONTACTS, toContact, toParameters } from './contact-rows';
import { recordMove } from '../conversations/record-move';
import { rememberSeenFrom } from '../messages/seen-messages';
import type { SqlConnection } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import type { Emit } from '../sql/transaction';
import type { Contacts } from '../../ports/storage/contacts';

/** One identity's address book, and the newest certification of every address ever seen. */
export function createContactStore({ sql, identityId, writer }: StoreParts): Contacts {
  const find = (by: ContactId | MailAddress): StoredContact | undefined => {
    const row = sql.get<ContactRow>(`${SELECT_CONTACTS} WHERE id = $by OR address = $by`, { by });
    return row === undefined ? undefined : toContact(identityId, row);
  };
  const known = (id: ContactId): StoredContact => {
    const contact = find(id);
    if (contact === undefined) throw unknownContact();
    return contact;
  };
  return {
    all: () =>
      sql.all<ContactRow>(`${SELECT_CONTACTS} ORDER BY name, address`).map((row) => toContact(identityId, row)),
    find: find,
    add: (contact) =>
      writer.write((emit) => {
        if (find(contact.address) !== undefined) throw existingContact();
        const added = { ...contact, identityId };
        sql.run(PUT_CONTACT, toParameters(added));
        rememberSeenFrom(sql, added.address);
        return announceContact(known(added.id), emit);
      }),
    update: (id, change) =>
      writer.write((emit) => {
        sql.run(PUT_CONTACT, { ...toParameters(known(id)), ...changedParameters(change) });
        return announceContact(known(id), emit);
      }),
    remove: (id) =>
      writer.write((emit) => {
        const isMissed =
          sql.get('SELECT 1 AS one FROM missing_mail WHERE contact_id = $id AND dismissed = 0', { id }) !== undefined;
        // Codes, tokens, holder lists and private onions, ours and theirs, go with the row; the key stays in the ring,
        // because certifications of other keys may rest on it.
        if (sql.run('DELETE FROM contacts WHERE id = $id', { id }) === 0) throw unknownContact();
        emit({ type: 'contact.removed', identityId, contactId: id });
        if (isMissed) emit({ type: 'holding.changed', identityId });
      }),
    recordMove: (move) =>
      writer.write((emit) => {
        recordMove({ sql, identityId }, move, emit);
      }),
    newestCertification: (address) => newestCertification(sql, address),
    recordCertification: (address, certifiedAt) =>
      writer.write(() => {
        sql.run(NOTE_CERTIFICATION, { address, certifiedAt });
        if (sql.get(IS_KNOWN, { address }) === undefined)
          sql.run(DROP_FLOORS_OF_STRANGERS, { limit: MAX_FLOORS_OF_STRANGERS });
      }),
  };
}

/** Events carry no key block: windows show contacts, they verify nothing. */
export function announceContact(stored: StoredContact, emit: Emit): StoredContact {
  const { publicKey: _publicKey, ...rest } = stored;
  const contact: Contact = rest;
  emit({ type: 'contact.changed', contact });
  return stored;
}

/** Announces a contact as it is stored now. */
export function announceContactOf(
  { sql, identityId }: Pick<StoreParts, 'sql' | 'identityId'>,
  id: ContactId,
  emit: Emit,
): void {
  const row = sql.get<ContactRow>(`${SELECT_CONTACTS} WHERE id = $id`, { id });
  if (row !== undefined) announceContact(toContact(identityId, row), emit);
}

/** Throws `contact-unknown`. */
export function requireContact(sql: SqlConnection, id: ContactId): void {
  if (sql.get('SELECT 1 AS one FROM contacts WHERE id = $id', { id }) === undefined) throw unknownContact();
}

export function unknownContact(): PosthornError {
  return new PosthornError('contact-unknown', 'This contact is no longer there. Nothing was changed.');
}

/** Never goes back: an older certification than one seen before must not be believed again. */
const NOTE_CERTIFICATION = `
  INSERT INTO certifications (address, certified_at) VALUES ($address, $certifiedAt)
  ON CONFLICT DO UPDATE SET certified_at = max(certified_at, $certifiedAt)`;

const IS_KNOWN = `
  SELECT 1 AS one FROM contacts WHERE address = $address UNION ALL
  SELECT 1 AS one FROM ring_keys WHERE address = $address LIMIT 1`;

const DROP_FLOORS_OF_STRANGERS = `
  DELETE FROM certifications WHERE address IN (
    SELECT address FROM certifications f
    WHERE NOT EXISTS (SELECT 1 FROM contacts c WHERE c.address = f.address)
      AND NOT EXISTS (SELECT 1 FROM ring_keys k WHERE k.address = f.address)
    ORDER BY certified_at DESC LIMIT -1 OFFSET $limit)`;

function newestCertification(sql: SqlConnection, address: MailAddress): number | undefined {
  return sql.get<{ certified_at: number }>('SELECT certified_at FROM certifications WHERE address = $address', {
    address,
  })?.certified_at;
}

function existingContact(): PosthornError {
  return new PosthornError('contact-exists', 'This address is in your contacts already. Nothing was changed.');
}
