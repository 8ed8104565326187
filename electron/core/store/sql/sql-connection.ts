import { Database } from '@signalapp/sqlcipher';
import { toStoreError } from './store-error';

/** Blobs come back as plain views of their own memory; an empty blob is stored as NULL by the native module. */
export type SqlValue = string | number | null | Uint8Array<ArrayBuffer>;
export type SqlParameters = Readonly<Record<string, SqlValue>>;
export type SqlRow = Record<string, SqlValue>;
/** A row, or undefined when none matches. */
export type Found<Row extends SqlRow> = Row | undefined;

/** One open database. Statements are compiled once and kept. Everything thrown is a `PosthornError`. */
export type SqlConnection = {
  get<Row extends SqlRow>(query: string, parameters?: SqlParameters): Found<Row>;
  all<Row extends SqlRow>(query: string, parameters?: SqlParameters): Row[];
  /** The number of rows that changed. */
  run(query: string, parameters?: SqlParameters): number;
  /** Statements without parameters, several at once; for schema and pragmas. */
  exec(statements: string): void;
  /** Closes once; later calls do nothing, and every other method throws `profile-locked`. */
  close(): void;
};

/** Opens a SQLite file without reading it yet, so a wrong key shows at the first statement. */
export function connect(path: string): SqlConnection {
  const database = mapped(() => new Database(path, { cacheStatements: true }));
  let open = true;
  return {
    get: (query, parameters) => mapped(() => database.prepare(query).get(parameters)),
    all: (query, parameters) => mapped(() => database.prepare(query).all(parameters)),
    run: (query, parameters) => mapped(() => database.prepare(query).run(parameters).changes),
    exec: (statements) => mapped(() => database.exec(statements)),
    close: () => {
      if (!open) return;
      open = false;
      mapped(() => database.close());
    },
  };
}

/** The octets in the form that the native module takes; copied only when they live in shared memory. */
export function toBlob(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, bytes.byteOffset, bytes.byteLength)
    : Uint8Array.from(bytes);
}

/** A plain `Uint8Array` of its own memory from a blob column. */
export function fromBlob(value: Uint8Array<ArrayBuffer> | null | undefined): Uint8Array {
  return value === null || value === undefined
    ? new Uint8Array(0)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function mapped<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw toStoreError(error);
  }
}
