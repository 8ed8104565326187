import type { MimePart } from '../octets/structure-checks';

/** Key blocks travel in parts of this type. */
export const KEY_TYPE = 'application/pgp-keys';

/** The parts that hold something themselves, in order. Nesting is bounded by `readStructure`. */
export function leavesOf(part: MimePart): MimePart[] {
  return isMultipart(part) ? part.children.flatMap(leavesOf) : [part];
}

export const isMultipart = (part: MimePart): boolean => part.contentType.value.startsWith('multipart/');
