import { qrPath } from '../../../parts/qr-path';

/** Width and height of a saved picture, in pixels: sharp on paper, and still small. */
const PICTURE_SIDE = 1_024;

/** A QR code as an SVG file. */
export const codeAsSvg = (text: string): Uint8Array<ArrayBuffer> => {
  const { path, width } = qrPath(text);
  const side = String(width);
  return new TextEncoder().encode(
    `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}mm" height="${side}mm" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>\n`,
  );
};

/** A QR code as a PNG file, its modules whole pixels. @throws when the window has no memory for it */
export const codeAsPng = async (text: string): Promise<Uint8Array<ArrayBuffer>> => {
  const { path, width } = qrPath(text);
  const canvas = new OffscreenCanvas(PICTURE_SIDE, PICTURE_SIDE);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('There is no canvas.');
  const module = Math.floor(PICTURE_SIDE / width);
  const edge = Math.floor((PICTURE_SIDE - module * width) / 2);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, PICTURE_SIDE, PICTURE_SIDE);
  context.setTransform(module, 0, 0, module, edge, edge);
  context.fillStyle = '#000';
  context.fill(new Path2D(path));
  return new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
};
