/**
 * `npm run dist [-- --release | --test-network]`: makes packages in release/.
 *
 * On Linux: the unpacked program and a .deb, both without any download. Where Electron or the Tor Expert Bundle cannot
 * be had, test versions take their place and the output says so; `--release` refuses that instead, and makes every
 * target that electron-builder.yml names for this system. `--test-network` makes in release/test-network a package
 * «posthorn-test» that e2e/package installs and tries on a private Tor network; it differs in name and in that it can
 * be led to one.
 */
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buildForPackage } from './build.mjs';
import { resolveElectron } from './electron-runtime.mjs';
import { setUp } from './set-up.mjs';
import { SetUpError, elapsed, main, root, run, say } from './terminal.mjs';
import { bundleSystemTor, resolveTor, target } from './tor-runtime.mjs';

/** What differs between the program for people and the one for e2e/package. */
const kinds = {
  real: { testNetwork: false, name: 'posthorn', productName: 'Posthorn', output: 'release' },
  testNetwork: {
    testNetwork: true,
    name: 'posthorn-test',
    productName: 'Posthorn Test',
    output: 'release/test-network',
  },
};

await main(async (args) => {
  const forRelease = args.includes('--release');
  const kind = args.includes('--test-network') ? kinds.testNetwork : kinds.real;
  if (forRelease && kind.testNetwork) throw new SetUpError('a release is never made for a test network');
  const started = Date.now();
  await setUp('dist', { build: false, electron: false });
  const electron = await resolveElectron({ forRelease });
  await provideTor(forRelease);
  await buildForPackage(join(root, 'dist-package'), kind);
  rmSync(join(root, kind.output), { recursive: true, force: true });
  await buildPackages(electron, { forRelease, kind });
  if (process.platform === 'linux') await buildDeb(kind);
  for (const name of madeIn(kind.output)) say(`made ${kind.output}/${name}`);
  if (electron.source === 'registry')
    say('these are test packages: their Electron is not a current release. Do not publish them.');
  say(`all in ${elapsed(started)}`);
});

function madeIn(output) {
  return readdirSync(join(root, output)).filter((name) => !/\.ya?ml$/u.test(name) && name !== 'test-network');
}

async function provideTor(forRelease) {
  const tor = await resolveTor({ quiet: true, forRelease });
  // Without a bundle's stamp it is a copy of some system's tor, which is for tests.
  if (tor.source === 'bundled' && (!forRelease || tor.bundle !== undefined)) return;
  if (forRelease)
    throw new SetUpError(
      `a release carries the Tor Expert Bundle, and tor-bin/${target} has none: see tor-bin/README.md`,
    );
  await bundleSystemTor();
}

async function buildPackages(electron, { forRelease, kind }) {
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const runtime = [`-c.electronDist=${electron.distDir}`, `-c.electronVersion=${electron.version}`];
  // Linux has no integrity check of the archive.
  if (process.platform !== 'linux') runtime.push('-c.electronFuses.enableEmbeddedAsarIntegrityValidation=true');
  const os = { darwin: '--mac', win32: '--win' }[process.platform] ?? '--linux';
  const { name, productName, output: folder } = kind;
  runtime.push(
    `-c.directories.output=${folder}`,
    `-c.extraMetadata.name=${name}`,
    `-c.productName=${productName}`,
    `-c.linux.executableName=${name}`,
  );
  const targets = forRelease ? [os] : [os, 'dir'];
  const { code, output } = await run(process.execPath, [builder, ...targets, '--publish', 'never', ...runtime], {
    capture: true,
  });
  // It lists every package that two others need, in thousands of characters; nothing of that is packed.
  process.stderr.write(output.replaceAll(/^.*duplicate dependency references.*\n/gmu, ''));
  if (code !== 0) throw new SetUpError('electron-builder could not make the package; its message is above.');
}

/**
 * Makes the .deb from the unpacked program: dpkg and fakeroot do it, where electron-builder would download its own
 * tool.
 */
async function buildDeb({ name, productName, output }) {
  const source = join(root, output, process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
  if (!existsSync(source)) throw new SetUpError(`electron-builder left no ${source}`);
  const { description, version, homepage } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const createDeb = createRequire(import.meta.url)('electron-installer-debian');
  const started = Date.now();
  say('packing the .deb …');
  await createDeb({
    src: source,
    dest: join(root, output),
    arch: process.arch === 'x64' ? 'amd64' : process.arch,
    options: {
      name,
      bin: name,
      version,
      homepage,
      productName,
      genericName: 'Mail Client',
      description,
      productDescription:
        'Every identity is an onion service of its own; mail goes from one to the other, signed and sealed, without a server.',
      section: 'mail',
      // Electron is linked against it; the installer's own list only recommends it.
      depends: ['libasound2 | libasound2t64'],
      categories: ['Network', 'Email'],
      compression: 'zstd',
      icon: Object.fromEntries(
        [16, 32, 48, 64, 128, 256, 512].map((size) => [
          `${size}x${size}`,
          join(root, `assets/icons/${size}x${size}.png`),
        ]),
      ),
    },
  });
  say(`.deb packed in ${elapsed(started)}`);
}
