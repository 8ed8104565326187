import type { Mime } from '../ports/mime';
import { readCards } from './cards/read-cards';
import { parseHeldEnvelope } from './envelope/parse-envelope';
import { readFileText } from './files/read-file-text';
import { readAppended } from './parse/read-appended';
import { parseOuter } from './parse/parse-outer';
import { parsePost } from './parse/parse-post';
import { readBodies } from './parse/read-bodies';
import { readHead } from './parse/read-head';
import { readSealedLetter } from './parse/read-sealed-letter';
import { readSubmitted } from './parse/read-submitted';
import { serveEntity } from './served/serve-entity';
import { decodeText } from './text/charset';

/** What reads the words of peers, and of other programs. */
export type MimeReader = Pick<
  Mime,
  | 'parseOuter'
  | 'parsePost'
  | 'readHead'
  | 'readBodies'
  | 'readAppended'
  | 'readOutside'
  | 'readSubmitted'
  | 'readSealedLetter'
  | 'parseHeldEnvelope'
  | 'readCards'
  | 'readFileText'
>;

/** Reads in this very thread: the core does it in a worker. What is thrown comes as a rejection. */
export const mimeReader: MimeReader = {
  parseOuter: (raw) => later(() => parseOuter(raw)),
  parsePost: (octets) => later(() => parsePost(octets)),
  readHead: (content) => later(() => readHead(content)),
  readBodies: ({ content, onTop }) =>
    later(() => {
      const bodies = readBodies(content);
      return onTop === undefined ? bodies : { ...bodies, served: serveEntity({ content, onTop, ...bodies }) };
    }),
  readAppended: (octets) => later(() => readAppended(octets)),
  readOutside: (octets) => later(() => readAppended(octets)),
  readSubmitted: (octets) => later(() => readSubmitted(octets)),
  readSealedLetter: (octets) => later(() => readSealedLetter(octets)),
  parseHeldEnvelope: (raw) => later(() => parseHeldEnvelope(raw)),
  readFileText: (o) => later(() => readFileText(o)),
  readCards: (text) => later(() => readCards(typeof text === 'string' ? text : decodeText(text, undefined))),
};

async function later<T>(read: () => T | Promise<T>): Promise<T> {
  return await read();
}
