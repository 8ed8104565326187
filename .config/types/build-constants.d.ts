/** True in bundles made with `scripts/build.mjs --production` (packages), false everywhere else. Replaced by the bundler. */
declare const __PRODUCTION__: boolean;
