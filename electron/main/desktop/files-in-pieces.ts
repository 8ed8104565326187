import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PosthornError } from '../../../shared/errors';
import { refusal } from './save-refusal';

/** A page saves one or two files at a time; more is a fault that would otherwise use up file handles. */
const mostAtOnce = 8;

type Draft = { readonly file: FileHandle; readonly draft: string; readonly path: string; turn: Promise<void> };

/**
 * Files that the page writes in pieces, such as a backup. Each is written beside its place under another name, readable
 * by its owner only, and takes its name when it is finished, so that half a file never looks like a whole one.
 */
export class FilesInPieces {
  readonly #drafts = new Map<string, Draft>();

  /**
   * Begins a file.
   * @param path where it is to be in the end
   * @returns the id for `append` and `finish`
   * @throws PosthornError `too-many`, `disk-full` or `internal`
   */
  async create(path: string): Promise<string> {
    if (this.#drafts.size >= mostAtOnce)
      throw new PosthornError(
        'too-many',
        'The file was not saved: too many files are being saved already. Try again when they are done.',
      );
    const draft = join(dirname(path), `.posthorn-${randomUUID()}`);
    try {
      const file = await open(draft, 'wx', 0o600);
      const fileId = randomUUID();
      this.#drafts.set(fileId, { file, draft, path, turn: Promise.resolve() });
      return fileId;
    } catch (error) {
      throw refusal(error);
    }
  }

  /** Adds a piece, in the order of the calls. @throws PosthornError after which nothing is left of the file */
  async append(fileId: string, piece: Uint8Array): Promise<void> {
    const entry = this.#known(fileId);
    entry.turn = entry.turn.then(() => entry.file.writeFile(piece));
    await this.#orAbandon(fileId, entry.turn);
  }

  /**
   * Ends a file and gives it its name, or with `keep` false removes it. @throws PosthornError after which nothing is
   * left of the file
   */
  async finish(fileId: string, keep: boolean): Promise<void> {
    const entry = this.#known(fileId);
    if (!keep) return this.#abandon(fileId);
    entry.turn = entry.turn.then(() => name(entry));
    await this.#orAbandon(fileId, entry.turn);
    this.#drafts.delete(fileId);
  }

  /** Removes everything unfinished: the page is gone, and nobody will finish it. */
  async abandonAll(): Promise<void> {
    await Promise.all([...this.#drafts.keys()].map((fileId) => this.#abandon(fileId)));
  }

  #known(fileId: string): Draft {
    const entry = this.#drafts.get(fileId);
    if (entry === undefined)
      throw new PosthornError('invalid-call', 'That file is not being saved. Nothing was written.');
    return entry;
  }

  async #orAbandon(fileId: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      await this.#abandon(fileId);
      throw refusal(error);
    }
  }

  async #abandon(fileId: string): Promise<void> {
    const entry = this.#drafts.get(fileId);
    if (entry === undefined) return;
    this.#drafts.delete(fileId);
    await entry.turn.catch(() => undefined);
    await entry.file.close().catch(() => undefined);
    await rm(entry.draft, { force: true });
  }
}

async function name({ file, draft, path }: Draft): Promise<void> {
  await file.sync();
  await file.close();
  await rename(draft, path);
}
