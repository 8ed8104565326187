import type { Folder } from '../../../shared/message';
import { requestsBudget } from '../domain/request-budget';
import type { StorageAmounts } from '../ports/storage/storage-amounts';
import { requestTotals } from './messages/request-room';
import type { SqlConnection } from './sql/sql-connection';

type Amount = { count: number; bytes: number };

const NONE: Amount = { count: 0, bytes: 0 };

/** Mail written here, and older mail, has no measured cost: its size on the wire stands for it. */
const BY_FOLDER =
  'SELECT folder, count(*) AS count, sum(max(disk_octets, size)) AS bytes FROM mail GROUP BY folder ORDER BY folder';

/** `freeDisk`: octets that are free on the disk. */
export function createStorageAmounts(sql: SqlConnection, freeDisk: () => number): StorageAmounts {
  const one = (query: string): Amount => sql.get<Amount>(query) ?? NONE;
  return {
    free: freeDisk,
    amounts: () => {
      const folders = sql.all<Amount & { folder: Folder | null }>(BY_FOLDER);
      const own = folders.filter(({ folder }) => folder !== 'requests' && folder !== 'trash');
      const requests = requestTotals(sql);
      return {
        mail: own.reduce((sum, { count, bytes }) => ({ count: sum.count + count, bytes: sum.bytes + bytes }), NONE),
        requests: {
          count: requests.count,
          bytes: requests.octets,
          limit: requestsBudget(freeDisk() + requests.octets),
        },
        trash: amountOf(folders.find(({ folder }) => folder === 'trash')),
        held: one('SELECT count(*) AS count, coalesce(sum(size), 0) AS bytes FROM held_mail'),
        keys: one(
          `SELECT count(*) AS count, coalesce(sum(length(public_key)), 0)
             + (SELECT coalesce(sum(length(body)), 0) FROM ring_certifications) AS bytes FROM ring_keys`,
        ),
        fileBytes: pragma(sql, 'page_count') * pragma(sql, 'page_size'),
      };
    },
  };
}

function amountOf({ count, bytes }: Amount = NONE): Amount {
  return { count, bytes };
}

function pragma(sql: SqlConnection, name: 'page_count' | 'page_size'): number {
  return Number(Object.values(sql.get(`PRAGMA ${name}`) ?? {})[0] ?? 0);
}
