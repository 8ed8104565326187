import type { ServedEntity } from '../served-entity';
import { envelopeText } from './envelope-text';
import { readParts } from './read-parts';
import { structureText } from './structure-text';
import { writtenEncoding, type WrittenPart } from './written-part';

/** What other programs are told of a message: values of ENVELOPE, BODYSTRUCTURE and BODY, an octet a character. */
export type ServedDescription = {
  /** Octets of the whole message. */
  readonly size: number;
  readonly envelope: string;
  readonly bodyStructure: string;
  readonly body: string;
  readonly entity: ServedEntity;
};

/**
 * Describes any octets as a message (RFC 9051 7.5.2). The cost is linear in them, whatever they are; what strangers
 * wrote may be large, and is described in a worker.
 */
export function describeMessage(octets: Uint8Array): ServedDescription {
  return describeParts(readParts(octets), octets.length);
}

/** The same of a message whose parts are known; `size` in octets. */
export function describeParts(root: WrittenPart, size: number): ServedDescription {
  return {
    size,
    envelope: envelopeText(root.fields),
    bodyStructure: structureText(root, { isExtended: true }),
    body: structureText(root, { isExtended: false }),
    entity: entityOf(root),
  };
}

function entityOf(part: WrittenPart): ServedEntity {
  const { header, body, parts, message } = part;
  return {
    header,
    body,
    encoding: writtenEncoding(part).toLowerCase(),
    ...(parts ? { parts: parts.map(entityOf) } : {}),
    ...(message ? { message: entityOf(message) } : {}),
  };
}
