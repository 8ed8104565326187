import type { Fingerprint, MailAddress } from '../../../shared/ids';
import type { GuestKeyProblem } from '../../../shared/guests/guest-key';
import type { PublicKeyBlock } from './keys';

/** OpenPGP for people whose secret keys are not here (PROTOCOL.md 2). */
export type GuestPgp = {
  /**
   * Makes a public key, armored or binary, the key of `address`: with a certification by its onion in place of all
   * earlier ones, and without the certifications of others.
   */
  certifyGuestKey(o: {
    readonly block: Uint8Array;
    readonly address: MailAddress;
    readonly onionSeed: Uint8Array;
    /** Milliseconds; the key must be usable then. */
    readonly now: number;
    /** Time of the certification, milliseconds; when the key is younger, that of the key. */
    readonly certifiedAt: number;
  }): Promise<
    | {
        readonly outcome: 'certified';
        readonly publicKey: PublicKeyBlock;
        readonly fingerprint: Fingerprint;
        readonly certifiedAt: number;
        /** When the key ends by its own word, milliseconds; absent: never. */
        readonly expiresAt?: number;
      }
    | { readonly outcome: 'refused'; readonly problem: GuestKeyProblem }
  >;
  /**
   * A message that a guest's program has sealed, as it may leave: armored, without armor headers. Undefined when it is
   * not sealed to recipients, each by a session key.
   */
  cleanSealed(sealed: Uint8Array): Promise<Uint8Array | undefined>;
};
