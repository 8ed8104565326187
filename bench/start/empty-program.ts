import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const main = `const { app, BrowserWindow } = require('electron');
const { join } = require('node:path');
app.setPath('userData', process.argv.at(-1));
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false, webPreferences: { contextIsolation: true, sandbox: true } });
  window.once('ready-to-show', () => window.show());
  void window.loadFile(join(__dirname, 'index.html'));
});
`;

/**
 * Writes the smallest program with a window into a new folder: one page that says hello. Its profile is its last
 * argument.
 */
export function writeEmptyProgram(folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0', main: 'main.js' }));
  writeFileSync(join(folder, 'main.js'), main);
  writeFileSync(join(folder, 'index.html'), '<!doctype html><meta charset="utf-8"><title>Empty</title><p>Hello');
}
