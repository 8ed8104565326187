import type { NativeImage } from 'electron';
import { nativeImage } from 'electron';
import normal from '../../../assets/tray/normal-22.png';
import normalTwice from '../../../assets/tray/normal-44.png';
import offline from '../../../assets/tray/offline-22.png';
import offlineTwice from '../../../assets/tray/offline-44.png';
import unread from '../../../assets/tray/unread-22.png';
import unreadTwice from '../../../assets/tray/unread-44.png';
import type { TrayLook } from './tray-words';

/** Each look at one and at two pixels to a point; `scripts/draw-icons.mjs` draws them from assets/tray/*.svg. */
const pictures: Readonly<Record<TrayLook, readonly [once: string, twice: string]>> = {
  normal: [normal, normalTwice],
  unread: [unread, unreadTwice],
  offline: [offline, offlineTwice],
};

/** The picture for the desktop's panel. */
export function trayImage(look: TrayLook): NativeImage {
  const [once, twice] = pictures[look];
  const image = nativeImage.createEmpty();
  image.addRepresentation({ scaleFactor: 1, dataURL: once });
  image.addRepresentation({ scaleFactor: 2, dataURL: twice });
  return image;
}
