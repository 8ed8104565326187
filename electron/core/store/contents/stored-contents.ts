import { CONTENT_PIECE_BYTES, MAX_WHOLE_CONTENT_BYTES } from '../../domain/limits';
import type { Content, Contents, StagedContent } from '../../ports/storage/contents';
import type { SqlConnection, SqlValue } from '../sql/sql-connection';
import { fromBlob } from '../sql/sql-connection';
import { unknownMessage } from '../sql/store-error';
import type { Writer } from '../sql/transaction';
import type { Turns } from '../sql/turns';
import { insertContent, insertPiece, piecesOf } from './keep-content';
import { requireDisk } from './require-disk';

type Storing = {
  readonly sql: SqlConnection;
  readonly writer: Writer;
  readonly turns: Turns;
  /** Octets that are free on the disk. */
  readonly freeDisk: () => number;
  /** Called when a content is in nobody's hand any more. Must not throw. */
  readonly released: () => void;
};

/** Contents of any size, of which no turn of the event loop moves more than a piece. */
export class StoredContents implements Contents {
  /** Contents that are being staged or read, and by how many: nobody may delete them. */
  readonly #inHand = new Map<number, number>();

  constructor(private readonly o: Storing) {}

  /** Rows of contents that must stay for now. */
  inHand(): number[] {
    return [...this.#inHand.keys()];
  }

  async stage<T>(octets: Uint8Array, use: (content: Content) => T | Promise<T>): Promise<T> {
    if (octets.length <= MAX_WHOLE_CONTENT_BYTES) return use(octets);
    return this.stageAll([octets], ([content]) => use(content ?? octets));
  }

  /** The same for several, small or large, of one message. */
  async stageAll<T>(
    all: readonly Uint8Array[],
    use: (contents: readonly StagedContent[]) => T | Promise<T>,
  ): Promise<T> {
    requireDisk(
      this.o.freeDisk(),
      all.reduce((octets, { length }) => octets + length, 0),
    );
    const rows: number[] = [];
    try {
      for (const batch of batchesOf(all)) await this.o.turns(() => this.#write(rows, batch));
      return await use(all.map(({ length }, index) => ({ staged: rows[index] ?? 0, length })));
    } finally {
      this.#release(rows);
    }
  }

  /**
   * The octets that a column holds, as `keepContent` made its value; large ones are read piece by piece. Throws
   * `message-unknown` when they are gone.
   */
  async read(value: SqlValue | undefined): Promise<Uint8Array> {
    if (typeof value !== 'number') return value instanceof Uint8Array ? fromBlob(value) : new Uint8Array(0);
    this.#take(value);
    try {
      return await this.#readPieces(value);
    } finally {
      this.#release([value]);
    }
  }

  async #readPieces(content: number): Promise<Uint8Array> {
    const { sql, turns } = this.o;
    const found = sql.get<{ size: number }>('SELECT size FROM contents WHERE row = $content', { content });
    if (found === undefined) throw unknownMessage();
    const octets = new Uint8Array(found.size);
    for (let at = 0, number = 0; at < octets.length; number += 1) {
      const piece = await turns(() => sql.get<PieceRow>(SELECT_PIECE, { content, number }));
      if (piece === undefined) throw unknownMessage();
      octets.set(piece.octets, at);
      at += piece.octets.length;
    }
    return octets;
  }

  /** One commit. Numbers of contents are known only when it is there. */
  #write(rows: number[], batch: Batch): void {
    const made = this.o.writer.write(() => {
      const { sql } = this.o;
      const known = [...rows];
      for (const { index, octets } of batch) {
        for (let next = known.length; next <= index; next += 1) known.push(insertContent(sql));
        if (octets.length > 0) insertPiece(sql, known[index] ?? 0, octets);
      }
      return known.slice(rows.length);
    });
    for (const row of made) this.#take(row);
    rows.push(...made);
  }

  #take(row: number): void {
    this.#inHand.set(row, (this.#inHand.get(row) ?? 0) + 1);
  }

  #release(rows: readonly number[]): void {
    for (const row of rows) {
      const left = (this.#inHand.get(row) ?? 0) - 1;
      if (left > 0) this.#inHand.set(row, left);
      else this.#inHand.delete(row);
    }
    this.o.released();
  }
}

type PieceRow = { octets: Uint8Array<ArrayBuffer> };

const SELECT_PIECE = 'SELECT octets FROM content_pieces WHERE content_row = $content AND number = $number';

type Batch = readonly { readonly index: number; readonly octets: Uint8Array }[];

/** What is written in one commit: a piece of one, or several small ones. */
function* batchesOf(all: readonly Uint8Array[]): Generator<Batch> {
  let batch: { index: number; octets: Uint8Array }[] = [];
  let length = 0;
  for (const [index, whole] of all.entries()) {
    for (const octets of whole.length > 0 ? piecesOf(whole) : [whole]) {
      if (length > 0 && length + octets.length > CONTENT_PIECE_BYTES) {
        yield batch;
        [batch, length] = [[], 0];
      }
      batch.push({ index, octets });
      length += octets.length;
    }
  }
  if (batch.length > 0) yield batch;
}
