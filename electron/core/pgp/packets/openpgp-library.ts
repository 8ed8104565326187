/**
 * The only source file that imports OpenPGP.js. Modules are evaluated in the order of their imports, so a file that
 * takes the library from here has the WebCrypto shim in place first.
 */
import './install-webcrypto-shim';

export {
  LiteralDataPacket,
  PublicKeyEncryptedSessionKeyPacket,
  PublicKeyPacket,
  PublicSubkeyPacket,
  SecretKeyPacket,
  SecretSubkeyPacket,
  SignaturePacket,
  UserIDPacket,
  config as openpgpDefaults,
  encryptKey,
  enums,
  generateKey,
  readPrivateKey,
} from 'openpgp';
export type { AnyKeyPacket, AnySecretKeyPacket, Config } from 'openpgp';
