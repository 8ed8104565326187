import { present } from '../../../../shared/present';
import type { CodeAnswer, CodeSearch, Crop, PictureProblem } from './code-search';
import { MOST_SEARCH_MS } from './limits';

/** What a search came to: the texts of the codes (none or several), or why it could not be made. */
export type FoundCodes =
  | { readonly texts: readonly string[] }
  | { readonly problem: PictureProblem | 'picture-too-slow' };

type Waiting = { readonly resolve: (found: FoundCodes) => void; readonly timer: ReturnType<typeof setTimeout> };
type Task =
  | { readonly kind: 'frame'; readonly frame: ImageBitmap }
  | { readonly kind: 'picture'; readonly picture: Blob; readonly crop?: Crop };

/** Finds codes in a worker of its own, so that the window stays at hand. */
export class CodeReader {
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  /** The code in a frame of the camera; the frame is used up. */
  inFrame(frame: ImageBitmap): Promise<FoundCodes> {
    return this.#ask({ kind: 'frame', frame }, [frame]);
  }

  /** The codes in a picture file, or in a part of it. */
  inPicture(picture: Blob, crop?: Crop): Promise<FoundCodes> {
    return this.#ask({ kind: 'picture', picture, ...present({ crop }) }, []);
  }

  /** Ends the worker; what is still searched counts as not found. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const { resolve, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      resolve({ texts: [] });
    }
    this.#waiting.clear();
  }

  #ask(task: Task, transfer: Transferable[]): Promise<FoundCodes> {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#worker ??= this.#start();
    const worker = this.#worker;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#giveUp(id), MOST_SEARCH_MS);
      this.#waiting.set(id, { resolve, timer });
      const message: CodeSearch = { id, ...task };
      worker.postMessage(message, transfer);
    });
  }

  #start(): Worker {
    const worker = new Worker('code-worker.js', { type: 'module', name: 'codes' });
    worker.addEventListener('message', ({ data }: MessageEvent<CodeAnswer>) =>
      this.#settle(data.id, 'texts' in data ? { texts: data.texts } : { problem: data.problem }),
    );
    // A fault of the worker concerns whatever it was doing.
    worker.addEventListener('error', () => this.#failAll());
    return worker;
  }

  #settle(id: number, found: FoundCodes): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    waiting.resolve(found);
  }

  #failAll(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const id of [...this.#waiting.keys()]) this.#settle(id, { problem: 'picture-unreadable' });
  }

  #giveUp(id: number): void {
    this.#settle(id, { problem: 'picture-too-slow' });
    this.close();
  }
}
