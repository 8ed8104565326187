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
 * The part with these numbers (RFC 9051 6.4.5.1); `isWhole`: there are none, and the message itself is meant. Undefined
 * where it has no such part. What is no multipart has its body as its only part.
 */
export function entityAt(
  entity: ServedEntity,
  numbers: readonly number[],
): { readonly entity: ServedEntity; readonly isWhole: boolean } | undefined {
  let holder: ServedEntity | undefined = entity;
  let found = entity;
  for (const number of numbers) {
    const part: ServedEntity | undefined = holder?.parts ? holder.parts[number - 1] : number === 1 ? holder : undefined;
    if (!part) return undefined;
    found = part;
    // The only part of what is no multipart has parts of its own when it holds a message.
    holder = part.parts ? part : part.message;
  }
  return { entity: found, isWhole: numbers.length === 0 };
}
