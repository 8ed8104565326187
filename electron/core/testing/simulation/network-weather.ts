import type { SeededRandom } from './seeded-random';

const SECOND = 1_000;

/**
 * The delays of Tor, in milliseconds: medians and tails as measured on the private network and as reported of the
 * public one.
 */
export type NetworkWeather = {
  /** To an onion that is there: descriptor, introduction, rendezvous. */
  dialMs(): number;
  /** Until tor knows that an onion has no descriptor. */
  absentMs(): number;
  /** Until tor gives up an onion whose descriptor is still there, but whose machine is not. */
  goneMs(): number;
  roundTripMs(): number;
  transferMs(octets: number): number;
  /** From a network until tor is online, and from there until the own onion can be found. */
  bootstrapMs(): number;
  publishMs(): number;
  /** A circuit that fails for no reason. */
  dialFails(): boolean;
  /**
   * A connection that breaks within a transfer, before the message is there whole, or after it was taken but before the
   * reply is read.
   */
  breaksBefore(): boolean;
  breaksAfter(): boolean;
};

export function createNetworkWeather(random: SeededRandom): NetworkWeather {
  return {
    dialMs: () => Math.min(random.around(3 * SECOND, 0.5), 60 * SECOND),
    absentMs: () => Math.min(random.around(4 * SECOND, 0.6), 60 * SECOND),
    goneMs: () => Math.min(random.around(25 * SECOND, 0.5), 74 * SECOND),
    roundTripMs: () => random.around(600, 0.4),
    transferMs: (octets) => octets / random.around(40, 0.6),
    bootstrapMs: () => Math.min(random.around(6 * SECOND, 0.7), 120 * SECOND),
    publishMs: () => Math.min(random.around(15 * SECOND, 0.5), 120 * SECOND),
    dialFails: () => random.chance(0.02),
    breaksBefore: () => random.chance(0.01),
    breaksAfter: () => random.chance(0.01),
  };
}
