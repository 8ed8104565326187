import { setTimeout as passed } from 'node:timers/promises';
import type { BrowserWindow, Display } from 'electron';
import { desktopCapturer, screen } from 'electron';
import { present } from '../../../shared/present';

/**
 * Longest side of the picture in pixels: larger than any screen of today, and a bound on what a desktop may claim.
 */
const longestSide = 8_192;

/** Compositors fade windows out; until then the picture would show ours. */
const fadeMs = 250;

/**
 * A picture of the screen that the window is on, as PNG. The window is hidden meanwhile: the code that is looked for
 * may lie behind it.
 * @returns no picture where the desktop refuses
 */
export async function captureScreen(window: BrowserWindow): Promise<{ png?: Uint8Array<ArrayBuffer> }> {
  const display = screen.getDisplayMatching(window.getBounds());
  window.hide();
  try {
    await passed(fadeMs);
    const png = await pictureOf(display);
    return present({ png });
  } finally {
    // It is another one by now when it was locked meanwhile.
    if (!window.isDestroyed()) {
      window.show();
      window.focus();
    }
  }
}

async function pictureOf(display: Display): Promise<Uint8Array<ArrayBuffer> | undefined> {
  // Desktops reject, or answer with nothing, when the person or a policy says no.
  const sources = await desktopCapturer
    .getSources({ types: ['screen'], thumbnailSize: sizeInPixels(display) })
    .catch(() => []);
  const source = sources.find(({ display_id: id }) => id === String(display.id)) ?? sources[0];
  if (source === undefined || source.thumbnail.isEmpty()) return undefined;
  return new Uint8Array(source.thumbnail.toPNG());
}

function sizeInPixels({ size, scaleFactor }: Display): { width: number; height: number } {
  const inPixels = (length: number): number => Math.min(longestSide, Math.round(length * scaleFactor));
  return { width: inPixels(size.width), height: inPixels(size.height) };
}
