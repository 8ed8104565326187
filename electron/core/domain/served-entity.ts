/** Octets of a message, the end without. */
export type OctetSpan = { readonly from: number; readonly to: number };

/**
 * A part of a message as other programs see it: where it lies in the octets of the message. Computed once, when the
 * message is stored, and kept with it (RFC 9051 6.4.5.1).
 */
export type ServedEntity = {
  /** The header with the empty line that ends it. */
  readonly header: OctetSpan;
  readonly body: OctetSpan;
  /** Content-Transfer-Encoding in small letters. */
  readonly encoding: string;
  /** Of a multipart its parts. */
  readonly parts?: readonly ServedEntity[];
  /** Of a message/rfc822 (or message/global) the message within. */
  readonly message?: ServedEntity;
};

/**
 * The part with these numbers; a part 1 of what is no multipart is its body. Undefined when there is none.
 */
export function entityAt(
  entity: ServedEntity,
  numbers: readonly number[],
): { readonly entity: ServedEntity; readonly isWhole: boolean } | undefined {
  let at: ServedEntity = entity;
  for (const [depth, number] of numbers.entries()) {
    const holder: ServedEntity = depth > 0 ? (at.message ?? at) : at;
    if (holder.parts) {
      const part: ServedEntity | undefined = holder.parts[number - 1];
      if (!part) return undefined;
      at = part;
      continue;
    }
    // The only part of a message that has none is its text.
    const isOnly = number === 1 && (depth === 0 || holder !== at);
    if (!isOnly) return undefined;
    at = holder;
    if (depth < numbers.length - 1) return undefined;
    return { entity: at, isWhole: false };
  }
  return { entity: at, isWhole: numbers.length === 0 };
}
