/** A value of D-Bus, as far as a desktop without a panel needs them. */
export type BusValue =
  | { readonly type: 's' | 'o'; readonly value: string }
  | { readonly type: 'i' | 'u'; readonly value: number }
  | { readonly type: 'b'; readonly value: boolean }
  | { readonly type: 'as'; readonly value: readonly string[] }
  | { readonly type: 'v'; readonly value: BusValue };

export const text = (value: string): BusValue => ({ type: 's', value });
export const number = (value: number): BusValue => ({ type: 'i', value });
export const texts = (value: readonly string[]): BusValue => ({ type: 'as', value });
export const variant = (value: BusValue): BusValue => ({ type: 'v', value });

/** The values one after the other, each at its place: the body of a message, little-endian. */
export function encodeValues(values: readonly BusValue[]): Buffer {
  return values.reduce<Buffer>((before, value) => append(before, value), Buffer.alloc(0));
}

/** The signature of a body. */
export const signatureOf = (values: readonly BusValue[]): string => values.map(({ type }) => type).join('');

/** Adds octets so that what follows begins at a multiple of `step`. */
export const aligned = (octets: Buffer, step: number): Buffer =>
  Buffer.concat([octets, Buffer.alloc(Math.ceil(octets.length / step) * step - octets.length)]);

export const uint32 = (value: number): Buffer => {
  const octets = Buffer.alloc(4);
  octets.writeInt32LE(value);
  return octets;
};

export const signatureOctets = (signature: string): Buffer =>
  Buffer.concat([Buffer.from([signature.length]), Buffer.from(signature), Buffer.alloc(1)]);

function append(before: Buffer, value: BusValue): Buffer {
  if (value.type === 'v') return append(Buffer.concat([before, signatureOctets(value.value.type)]), value.value);
  const start = aligned(before, 4);
  if (value.type === 'as') {
    const list = value.value.reduce<Buffer>((octets, each) => append(octets, text(each)), Buffer.alloc(0));
    return Buffer.concat([start, uint32(list.length), list]);
  }
  if (value.type === 's' || value.type === 'o') {
    const octets = Buffer.from(value.value, 'utf8');
    return Buffer.concat([start, uint32(octets.length), octets, Buffer.alloc(1)]);
  }
  return Buffer.concat([start, uint32(Number(value.value))]);
}
