/** Builds parts of dist/ again and again, and tells which of them came out different. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Prepares builds that keep what they have parsed between two runs.
 * @param {Record<string, import('esbuild').BuildOptions>} bundles options by part, with `write: false` and `metafile`
 * @returns {Promise<{
 *   build: (files?: string[]) => Promise<{changed: string[], problems: string[]}>,
 *   close: () => Promise<void>,
 * }>} `build` writes what came out different: of all parts, or of those that read one of `files`. A part with errors
 *   writes nothing; `problems` are its errors as text
 */
export async function incrementalBuild(bundles) {
  const esbuild = await import('esbuild');
  const parts = await Promise.all(
    Object.entries(bundles).map(async ([name, options]) => ({
      name,
      context: await esbuild.context({ ...options, logLevel: 'silent' }),
      /** undefined until it was built without errors. */
      inputs: undefined,
      written: new Map(),
    })),
  );
  const build = async (files) => {
    const wanted = parts.filter((part) => files === undefined || concerns(part, files));
    const results = await Promise.all(wanted.map((part) => buildPart(esbuild, part)));
    return {
      changed: wanted.filter((_part, index) => results[index].isChanged).map(({ name }) => name),
      problems: results.flatMap(({ problems }) => problems),
    };
  };
  return { build, close: async () => void (await Promise.all(parts.map(({ context }) => context.dispose()))) };
}

/** What failed may read anything next, and a file that nobody reads yet may be what was missing. */
function concerns({ inputs }, files) {
  return inputs === undefined || files.some((file) => inputs.has(file));
}

async function buildPart(esbuild, part) {
  try {
    const { outputFiles, metafile } = await part.context.rebuild();
    part.inputs = new Set(Object.keys(metafile.inputs));
    const different = outputFiles.filter((file) => isDifferent(part, file));
    for (const { path, contents } of different) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, contents);
    }
    return { isChanged: different.length > 0, problems: [] };
  } catch (error) {
    if (!Array.isArray(error?.errors)) throw error;
    part.inputs = undefined;
    const problems = await esbuild.formatMessages(error.errors, {
      kind: 'error',
      color: process.stderr.isTTY === true,
    });
    return { isChanged: false, problems };
  }
}

function isDifferent({ written }, { path, contents }) {
  const hash = createHash('sha256').update(contents).digest('hex');
  if (written.get(path) === hash) return false;
  written.set(path, hash);
  return true;
}
