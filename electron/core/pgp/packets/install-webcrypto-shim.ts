/** Side effect only: import this before `openpgp` is loaded. */
import { installWebCryptoShim } from './webcrypto-shim';

installWebCryptoShim();
