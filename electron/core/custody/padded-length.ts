/**
 * Padmé (Nikitin et al., PETS 2019, 4): the least length not below `length` whose binary form ends in zeros past its
 * leading few bits. Adds at most 12 per cent, and of a length of n bits tells no more than log n.
 * @param length octets, from 2 to 2^31 - 1
 */
export function paddedLength(length: number): number {
  const exponent = 31 - Math.clz32(length);
  const significant = 32 - Math.clz32(exponent);
  const step = 2 ** (exponent - significant);
  return Math.ceil(length / step) * step;
}
