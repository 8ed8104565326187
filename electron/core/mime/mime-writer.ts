import { randomBytes } from 'node:crypto';
import type { Mime } from '../ports/mime';
import type { Random } from '../ports/runtime';
import { buildBounce } from './build/build-bounce';
import { buildInner } from './build/build-inner';
import { buildOutside } from './build/build-outside';
import { buildPost } from './build/build-post';
import { writeCard } from './cards/write-card';
import { markEnvelope } from './envelope/custody-mark';
import { wrapHeldEnvelope } from './envelope/wrap-envelope';
import { wrapSigned } from './envelope/wrap-signed';
import { wrapSealed } from './envelope/wrap-sealed';
import type { MimeReader } from './mime-reader';

/** Writes mail as PROTOCOL.md 5 profiles it, and vCards. `random` makes the boundaries. */
export function createMimeWriter(o: { random?: Pick<Random, 'bytes'> } = {}): Omit<Mime, keyof MimeReader | 'close'> {
  const random = o.random ?? { bytes: (length: number) => new Uint8Array(randomBytes(length)) };
  return {
    buildInner: (message) => buildInner(message, random),
    wrapSealed: ({ message, sealed }) => wrapSealed({ message, sealed, random }),
    buildPost: (post) => buildPost(post, random),
    wrapSigned: (o) => wrapSigned({ ...o, random }),
    buildBounce,
    buildOutside: (message) => buildOutside(message, random),
    wrapHeldEnvelope: (o) => wrapHeldEnvelope({ ...o, random }),
    markEnvelope,
    writeCard,
  };
}
