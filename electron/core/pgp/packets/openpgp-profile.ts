import { enums, openpgpDefaults, type Config } from './openpgp-library';

/**
 * OpenPGP.js set to the profile of PROTOCOL.md 2 and 5: v4 keys, no AEAD, and none of the library's own marks in what
 * it makes (its salt notation would name the program to every reader).
 */
export const PROFILE: Config = {
  ...openpgpDefaults,
  preferredHashAlgorithm: enums.hash.sha512,
  preferredSymmetricAlgorithm: enums.symmetric.aes256,
  preferredCompressionAlgorithm: enums.compression.uncompressed,
  aeadProtect: false,
  v6Keys: false,
  showVersion: false,
  showComment: false,
  nonDeterministicSignaturesViaNotation: false,
  s2kType: enums.s2k.iterated,
  // 16 MiB hashed for each guess: what gpg 2.2 itself would choose on a slow machine, and it reads it (RFC 9580,
  // 3.7.1.3).
  s2kIterationCountByte: 224,
};

/** SHA-256 or better; every other hash is refused as weak, whatever it signs. */
export const STRONG_HASHES: ReadonlySet<number> = new Set([
  enums.hash.sha256,
  enums.hash.sha384,
  enums.hash.sha512,
  enums.hash.sha3_256,
  enums.hash.sha3_512,
]);
