import type { Mime } from '../ports/mime';
import { readCards } from './cards/read-cards';
import { parseHeldEnvelope } from './envelope/parse-envelope';
import { parseOuter } from './parse/parse-outer';
import { readBodies } from './parse/read-bodies';
import { readHead } from './parse/read-head';

/** What reads the words of peers. */
export type MimeReader = Pick<Mime, 'parseOuter' | 'readHead' | 'readBodies' | 'parseHeldEnvelope' | 'readCards'>;

/** Reads in this very thread: the core does it in a worker. */
export const mimeReader: MimeReader = {
  parseOuter: (raw) => Promise.resolve(parseOuter(raw)),
  readHead,
  readBodies: ({ content }) => readBodies(content),
  parseHeldEnvelope: (raw) => Promise.resolve(parseHeldEnvelope(raw)),
  readCards: (text) => Promise.resolve(readCards(text)),
};
