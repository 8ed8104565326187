import { randomBytes } from 'node:crypto';
import type { Mime } from '../ports/mime';
import type { Random } from '../ports/runtime';
import { buildBounce } from './build/build-bounce';
import { buildInner } from './build/build-inner';
import { markEnvelope } from './envelope/custody-mark';
import { parseHeldEnvelope } from './envelope/parse-envelope';
import { parseInner } from './parse/parse-inner';
import { parseOuter } from './parse/parse-outer';
import { readBodies } from './parse/read-bodies';
import { readHead } from './parse/read-head';
import { readCards } from './cards/read-cards';
import { writeCard } from './cards/write-card';
import { wrapHeldEnvelope } from './envelope/wrap-envelope';
import { wrapSealed } from './envelope/wrap-sealed';

/** MIME as PROTOCOL.md 5 profiles it, and vCards. `random` makes the boundaries. */
export function createMime(o: { random?: Pick<Random, 'bytes'> } = {}): Mime {
  const random = o.random ?? { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  return {
    buildInner: (message) => buildInner(message, random),
    wrapSealed: ({ message, sealed }) => wrapSealed({ message, sealed, random }),
    buildBounce,
    parseOuter: (raw) => Promise.resolve(parseOuter(raw)),
    readHead: async (content) => Promise.resolve(readHead(content)),
    readBodies: async (content) => Promise.resolve(readBodies(content)),
    parseInner: async (content) => Promise.resolve(parseInner(content)),
    wrapHeldEnvelope: (o) => wrapHeldEnvelope({ ...o, random }),
    parseHeldEnvelope: (raw) => Promise.resolve(parseHeldEnvelope(raw)),
    markEnvelope,
    writeCard,
    readCards,
  };
}
