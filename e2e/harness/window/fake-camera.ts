import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

/** Brightness of each pixel, row by row: 0 black to 255 white. */
export type GreyPicture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** A QR code with its white edge, one pixel to a module, drawn by a program that is not ours. */
export function qrPicture(text: string): GreyPicture {
  // Two characters to a module, so that it is as wide as high on a terminal.
  const rows = execFileSync('qrencode', ['-t', 'ASCII', '-m', '4', '-l', 'M', '-o', '-', '--', text], {
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n');
  const height = rows.length;
  const width = (rows[0]?.length ?? 0) / 2;
  const pixels = new Uint8Array(width * height).fill(255);
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x += 1) if (row[x * 2] === '#') pixels[y * width + x] = 0;
  });
  return { width, height, pixels };
}

/** The picture in the middle of a larger one of this grey, each of its pixels as many times as fit. */
export function placedOn(
  picture: GreyPicture,
  { width, height, grey = 200 }: { readonly width: number; readonly height: number; readonly grey?: number },
): GreyPicture {
  const scale = Math.max(1, Math.floor((Math.min(width / picture.width, height / picture.height) * 3) / 4));
  const left = Math.floor((width - picture.width * scale) / 2);
  const top = Math.floor((height - picture.height * scale) / 2);
  const pixels = new Uint8Array(width * height).fill(grey);
  for (let y = 0; y < picture.height * scale; y += 1) {
    for (let x = 0; x < picture.width * scale; x += 1) {
      pixels[(top + y) * width + left + x] =
        picture.pixels[Math.floor(y / scale) * picture.width + Math.floor(x / scale)] ?? grey;
    }
  }
  return { width, height, pixels };
}

/** Black for white and white for black, as a dark theme shows it. */
export function inverted({ width, height, pixels }: GreyPicture): GreyPicture {
  return { width, height, pixels: pixels.map((grey) => 255 - grey) };
}

/**
 * Writes what Chromium's fake camera shows: an uncompressed YUV4MPEG2 film of one still picture.
 * Chromium reads the file anew when a camera is opened, so it can be written over between two scans.
 */
export function writeCameraFilm(path: string, text: string | undefined): void {
  const size = { width: 640, height: 480 };
  const picture =
    text === undefined
      ? placedOn({ width: 1, height: 1, pixels: new Uint8Array([120]) }, { ...size, grey: 120 })
      : placedOn(qrPicture(text), size);
  // Half the width and height for each of the two colours: grey throughout.
  const colours = Buffer.alloc((size.width * size.height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture.pixels, colours]);
  writeFileSync(
    path,
    Buffer.concat([
      Buffer.from(`YUV4MPEG2 W${String(size.width)} H${String(size.height)} F10:1 Ip A1:1 C420jpeg\n`),
      frame,
      frame,
    ]),
  );
}

/**
 * What the program is started with so that its camera is this film. The program's own leave for the camera is not
 * touched by it.
 */
export function fakeCameraArguments(film: string): string[] {
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
}

/** A grey picture as a PNG file (ISO/IEC 15948). */
export function pngFile({ width, height, pixels }: GreyPicture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y += 1) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG of a few octets whose header claims this size: what a decompression bomb looks like from outside. */
export function claimedPng({ width, height }: { readonly width: number; readonly height: number }): Buffer {
  const file = pngFile({ width: 1, height: 1, pixels: new Uint8Array([255]) });
  const header = Buffer.from(file.subarray(16, 29));
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([file.subarray(0, 8), chunk('IHDR', header), file.subarray(33)]);
}

function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** ISO/IEC 15948, annex D. */
function crc32(octets: Buffer): number {
  let sum = 0xffffffff;
  for (const octet of octets) {
    sum ^= octet;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
