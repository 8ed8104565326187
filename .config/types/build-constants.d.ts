/**
 * True in bundles made with `scripts/build.mjs --production` (packages), false everywhere else. Replaced by the
 * bundler.
 */
declare const __PRODUCTION__: boolean;
/**
 * True only in the package that `npm run dist -- --test-network` makes: it is called posthorn-test and may be led to a
 * private Tor network by POSTHORN_TEST_TORRC, so that the package itself can be tried. Replaced by the bundler.
 */
declare const __TEST_NETWORK__: boolean;
