import { crc32 } from './crc32';
import { deflateSync } from 'node:zlib';
import type { FileKind } from './plan-mail';
import type { WrittenFile } from './write-mail';

const SIDE = 96;

/** A small file of its kind that other programs can open; `number` makes it one of its own. */
export function sampleFile(kind: FileKind, number: number): WrittenFile {
  const make = makers[kind];
  return make(number);
}

const makers: Readonly<Record<FileKind, (number: number) => WrittenFile>> = {
  picture: (number) => ({ filename: `photo-${number}.png`, contentType: 'image/png', content: picture(number) }),
  document: (number) => ({
    filename: `Rechnung № ${number}.pdf`,
    contentType: 'application/pdf',
    content: pdf(number),
  }),
  table: (number) => ({ filename: `list-${number}.csv`, contentType: 'text/csv', content: table(number) }),
  appointment: (number) => ({
    filename: `rehearsal-${number}.ics`,
    contentType: 'text/calendar',
    content: appointment(number),
  }),
  note: (number) => ({
    filename: `メモ-${number}.txt`,
    contentType: 'text/plain',
    content: Buffer.from(`Note ${number}: bring the Duruflé, ключи, und Brot.\n`.repeat(20)),
  }),
};

/** A PNG of 96 by 96 pixels: a slope between two colours that depend on the number. */
function picture(number: number): Buffer {
  const rows = Buffer.alloc(SIDE * (1 + SIDE * 3));
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const at = y * (1 + SIDE * 3) + 1 + x * 3;
      rows[at] = (x * 2 + number * 37) % 256;
      rows[at + 1] = (y * 2 + number * 59) % 256;
      rows[at + 2] = (x + y + number * 83) % 256;
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(SIDE, 0);
  size.writeUInt32BE(SIDE, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.of())]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** One page with one line, which every reader of PDF repairs the table of. */
function pdf(number: number): Buffer {
  const drawing = `BT /F1 24 Tf 72 720 Td (Invoice ${number}) Tj ET`;
  return Buffer.from(`%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length ${drawing.length}>>stream
${drawing}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
`);
}

function table(number: number): Buffer {
  const rows = Array.from({ length: 40 }, (_, row) => `${row + 1},chair ${row + number},${(row * number) % 97}`);
  return Buffer.from(`number,what,how many\r\n${rows.join('\r\n')}\r\n`);
}

function appointment(number: number): Buffer {
  const day = String(1 + (number % 28)).padStart(2, '0');
  return Buffer.from(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Posthorn//sample//EN',
      'BEGIN:VEVENT',
      `UID:rehearsal-${number}@choir.example`,
      `DTSTAMP:202601${day}T080000Z`,
      `DTSTART:202601${day}T183000Z`,
      'DURATION:PT2H',
      'SUMMARY:Rehearsal',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
}
