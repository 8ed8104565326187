/** Called by electron-builder when a program is laid out: takes away what comes with Electron's own distribution. */
'use strict';
const { rmSync } = require('node:fs');
const path = require('node:path');

exports.default = function afterPack({ appOutDir, electronPlatformName, packager }) {
  const resources =
    electronPlatformName === 'darwin' ? `${packager.appInfo.productFilename}.app/Contents/Resources` : 'resources';
  rmSync(path.join(appOutDir, resources, 'default_app.asar'), { force: true });
};
