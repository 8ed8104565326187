/**
 * What `electron <folder>` runs, for the runtime that comes without Electron's own default application: takes the first
 * argument that is not an option as the folder of an application and becomes that application.
 */
'use strict';
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { app } = require('electron');

/**
 * @returns {{preload: string[], folder: string | undefined}} modules asked for with `-r`, and the application's folder
 */
function readArguments(args) {
  const preload = [];
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (argument === '-r' || argument === '--require') preload.push(args[(at += 1)]);
    else if (argument === '-v' || argument === '--version') print(process.versions.electron);
    else if (!argument.startsWith('-')) return { preload, folder: argument };
  }
  return { preload, folder: undefined };
}

function print(text) {
  process.stdout.write(`${text}\n`);
  process.exit(0);
}

function adoptManifest(folder) {
  const manifestPath = path.join(folder, 'package.json');
  if (!fs.existsSync(manifestPath)) return;
  const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
  if (manifest.version) app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name ?? 'Electron');
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
}

function start() {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  const { preload, folder } = readArguments(process.argv.slice(1));
  if (preload.length > 0) Module._preloadModules(preload);
  if (folder === undefined) {
    process.stderr.write('usage: electron [-r MODULE] FOLDER [ARGUMENTS]\n');
    process.exit(1);
  }
  const resolved = path.resolve(folder);
  adoptManifest(resolved);
  const entry = Module._resolveFilename(resolved, null, true);
  app.setAppPath(fs.statSync(resolved).isDirectory() ? resolved : path.dirname(entry));
  Module._load(entry, module, true);
}

start();
