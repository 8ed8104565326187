import type { WebContents } from 'electron';
import { writeLog } from '../program/main-log';

const tries = 3;
const withinMs = 60_000;

/** Loads the page anew when its process dies. A page that dies again and again is given up with a sentence. */
export class PageRevival {
  readonly #giveUp: (message: string) => void;
  #deaths: number[] = [];

  constructor(giveUp: (message: string) => void) {
    this.#giveUp = giveUp;
  }

  watch(page: WebContents): void {
    page.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      const now = Date.now();
      this.#deaths = [...this.#deaths.filter((death) => now - death < withinMs), now];
      writeLog('error', 'page-died', { deaths: this.#deaths.length });
      if (this.#deaths.length <= tries) page.reload();
      else
        this.#giveUp('The window has failed several times in a row. Your mail is kept; please start Posthorn again.');
    });
  }
}
