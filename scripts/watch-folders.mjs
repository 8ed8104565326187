/** Tells which files of some folders change. Plain Node, no packages. */
import { readdirSync, statSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Editors write a file in several steps, and a branch changes many: what comes within this time is one change. */
const settleMs = 40;

/**
 * Watches folders and everything below them, also folders that are made later.
 * @param {{root: string, folders: string[], onChange: (files: string[]) => void}} options `folders` and the files told
 *   are relative to `root`
 * @returns {{close: () => void}}
 */
export function watchFolders({ root, folders, onChange }) {
  const watchers = new Map();
  const changed = new Set();
  let timer;
  const settle = () => {
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  const noticed = (path) => {
    if (isFolder(path)) open(path);
    changed.add(relative(root, path));
    clearTimeout(timer);
    timer = setTimeout(settle, settleMs);
  };
  // One watcher a folder: Node's own recursive one watches each file on Linux, and loses those that are replaced.
  const open = (folder) => {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, (_event, name) => {
      if (name !== null && !name.startsWith('.')) noticed(join(folder, name));
    });
    const forget = () => {
      watcher.close();
      watchers.delete(folder);
    };
    // The folder is gone; the one above it tells.
    watcher.on('error', forget);
    watchers.set(folder, watcher);
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) open(join(folder, entry.name));
  };
  for (const folder of folders) open(join(root, folder));
  return {
    close: () => {
      clearTimeout(timer);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
