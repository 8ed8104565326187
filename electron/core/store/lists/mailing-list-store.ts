import { PosthornError } from '../../../../shared/errors';
import { MailAddress, MailboxId } from '../../../../shared/ids';
import { InstallId, InvitationId, MailingListId } from '../../../../shared/mailing-lists/mailing-list';
import { present } from '../../../../shared/present';
import type { MailingLists, StoredInvitation, StoredList } from '../../ports/storage/lists/mailing-lists';
import { fromBlob, toBlob, type SqlConnection, type SqlRow } from '../sql/sql-connection';
import type { StoreParts } from '../sql/store-parts';
import { storedShelf, toEntry, type EntryRow } from './stored-shelf';

/** Mailing lists of one identity, what their members said, and invitations. */
export function createMailingLists({ sql, writer, identityId }: StoreParts): MailingLists {
  const changing = (run: () => void): void => {
    writer.write((emit) => {
      run();
      emit({ type: 'lists.changed', identityId });
    });
  };
  return {
    all: () => sql.all<ListRow>(`${SELECT_LISTS} ORDER BY row`).map(toList),
    find: (id) => sql.all<ListRow>(`${SELECT_LISTS} WHERE id = $id`, { id }).map(toList)[0],
    add: (list) => {
      changing(() => sql.run(INSERT_LIST, { ...list, install: list.install ?? null, genesis: toBlob(list.genesis) }));
    },
    change: (id, change) => {
      changing(() => {
        const row = rowOf(sql, id);
        for (const [name, value] of Object.entries(change)) sql.run(SET_LIST[name] ?? '', { row, value });
      });
    },
    onShelf: (id, run) =>
      writer.write((emit) => {
        const lanes = new Set<string>();
        const shelf = storedShelf(sql, rowOf(sql, id));
        const put: typeof shelf.put = (o) => {
          shelf.put(o);
          lanes.add(o.entry.lane);
        };
        const value = run({ ...shelf, put });
        if (lanes.has('ledger')) emit({ type: 'lists.changed', identityId });
        return value;
      }),
    unfiled: (o) =>
      sql.all<UnfiledRow>(SELECT_UNFILED, o).map((row) => ({
        row: row.row,
        list: MailingListId.parse(row.list),
        entry: toEntry(row),
      })),
    setFiled: (row) => {
      writer.write(() => sql.run('UPDATE list_entries SET is_unfiled = 0 WHERE row = $row', { row }));
    },
    invitations: () => sql.all<InvitationRow>('SELECT * FROM list_invitations ORDER BY rowid').map(toInvitation),
    putInvitation: ({ id, isOurs, state, peer, expiresAt, genesis }) => {
      changing(() =>
        sql.run(PUT_INVITATION, { id, isOurs: isOurs ? 1 : 0, state, peer, expiresAt, genesis: toBlob(genesis) }),
      );
    },
    peer: (id, address) =>
      sql.get<{ day: number; octets: number; askedAt: number }>(SELECT_PEER, { list: rowOf(sql, id), address }),
    putPeer: (id, { address, day, octets, askedAt }) => {
      writer.write(() => sql.run(PUT_PEER, { list: rowOf(sql, id), address, day, octets, askedAt }));
    },
  };
}

type Blob = Uint8Array<ArrayBuffer> | null;
type ListRow = SqlRow & { id: string; standing: string; mailbox: string; install: string | null; genesis: Blob };
type UnfiledRow = EntryRow & { row: number; list: string };
type InvitationRow = SqlRow & {
  id: string;
  is_ours: number;
  state: string;
  peer: string;
  expires_at: number;
  genesis: Blob;
};

const SELECT_LISTS = 'SELECT id, standing, mailbox, install, genesis FROM mailing_lists';
const INSERT_LIST = `
  INSERT INTO mailing_lists (id, standing, mailbox, install, genesis)
  VALUES ($id, $standing, $mailbox, $install, $genesis)`;
const SET_LIST: Readonly<Record<string, string>> = {
  standing: 'UPDATE mailing_lists SET standing = $value WHERE row = $row',
  mailbox: 'UPDATE mailing_lists SET mailbox = $value WHERE row = $row',
  install: 'UPDATE mailing_lists SET install = $value WHERE row = $row',
};
const SELECT_UNFILED = `
  SELECT e.row, l.id AS list, e.id, e.statement, e.signature, e.body
  FROM list_entries e JOIN mailing_lists l ON l.row = e.list
  WHERE e.is_unfiled = 1 AND e.row > $after ORDER BY e.row LIMIT $limit`;
const PUT_INVITATION = `
  INSERT INTO list_invitations (id, is_ours, state, peer, expires_at, genesis)
  VALUES ($id, $isOurs, $state, $peer, $expiresAt, $genesis)
  ON CONFLICT DO UPDATE SET state = $state`;
const SELECT_PEER = 'SELECT day, octets, asked_at AS askedAt FROM list_peers WHERE list = $list AND address = $address';
const PUT_PEER = `
  INSERT INTO list_peers (list, address, day, octets, asked_at) VALUES ($list, $address, $day, $octets, $askedAt)
  ON CONFLICT DO UPDATE SET day = $day, octets = $octets, asked_at = $askedAt`;

function rowOf(sql: SqlConnection, id: MailingListId): number {
  const found = sql.get<{ row: number }>('SELECT row FROM mailing_lists WHERE id = $id', { id });
  if (!found) throw new PosthornError('list-unknown', 'There is no such mailing list here. Nothing was sent.');
  return found.row;
}

function toList({ id, standing, mailbox, install, genesis }: ListRow): StoredList {
  return {
    id: MailingListId.parse(id),
    standing: standing as StoredList['standing'],
    mailbox: MailboxId.parse(mailbox),
    genesis: fromBlob(genesis),
    ...present({ install: install === null ? undefined : InstallId.parse(install) }),
  };
}

function toInvitation({ id, is_ours, state, peer, expires_at, genesis }: InvitationRow): StoredInvitation {
  return {
    id: InvitationId.parse(id),
    isOurs: is_ours === 1,
    state: state as StoredInvitation['state'],
    peer: MailAddress.parse(peer),
    expiresAt: expires_at,
    genesis: fromBlob(genesis),
  };
}
