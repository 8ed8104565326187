import type { NativeImage } from 'electron';
import { clipboard, nativeImage } from 'electron';

/** Longest text that can be a card: a vCard with a key that many have certified. */
const longestText = 600_000;

/** Pixels of the largest picture that is passed on; a screen of today has a sixth of that. */
const mostPixels = 50_000_000;

type Found = { readonly text?: string; readonly png?: Uint8Array<ArrayBuffer> };

/** The picture in the clipboard, or else its text; nothing of what is too large to be a card. */
export async function readClipboard(): Promise<Found> {
  const picture = isOlder(clipboard) ? clipboard.readImage() : await pictureIn(clipboard);
  const { width, height } = picture.getSize();
  if (!picture.isEmpty() && width * height <= mostPixels) return { png: new Uint8Array(picture.toPNG()) };
  const text = await clipboard.readText();
  return text === '' || text.length > longestText ? {} : { text };
}

/**
 * The clipboard of Electron before its calls became those of the web, as the tests run on it; `readText` answers at
 * once there.
 */
type OlderClipboard = { readImage(): NativeImage };

function isOlder(one: object): one is OlderClipboard {
  return 'readImage' in one;
}

async function pictureIn(current: Electron.Clipboard): Promise<NativeImage> {
  for (const item of await current.read()) {
    if (!item.types.includes('image/png')) continue;
    return nativeImage.createFromBuffer(Buffer.from(await (await item.getType('image/png')).arrayBuffer()));
  }
  return nativeImage.createEmpty();
}
