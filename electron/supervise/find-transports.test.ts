import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTransports } from './find-transports';

let root: string;
let own: string;
let system: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'posthorn-transports-'));
  own = join(root, 'Post horn', 'pluggable_transports');
  system = join(root, 'bin');
  mkdirSync(own, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, '');
  return path;
}

const find = (folders = [system]) => findTransports({ own, system: folders, platform: 'linux' });
const offered = (found = find()) =>
  Object.fromEntries(found.offers.map(({ transport, program: there, builtIn }) => [transport, [there, builtIn]]));

test('all that comes with a bundle', () => {
  const lyrebird = program(join(own, 'lyrebird'));
  copyFileSync(join(__dirname, 'testing/pt-config.json'), join(own, 'pt_config.json'));
  const found = find();
  expect(found.plugins).toEqual([
    { transports: ['meek_lite', 'obfs4', 'webtunnel'], path: lyrebird, args: [] },
    { transports: ['snowflake'], path: lyrebird, args: [] },
  ]);
  expect(offered(found)).toEqual({ obfs4: [true, 2], snowflake: [true, 1], meek: [true, 1], webtunnel: [true, 0] });
  expect(found.recommended).toBe('obfs4');
});

test('a program speaks what the bundle says, whatever its name', () => {
  program(join(own, 'lyrebird'));
  const line = 'ClientTransportPlugin obfs4 exec ${pt_path}lyrebird';
  writeFileSync(join(own, 'pt_config.json'), JSON.stringify({ pluggableTransports: { lyrebird: line } }));
  expect(find().plugins.flatMap(({ transports }) => transports)).toEqual(['obfs4']);
});

test('a bundle whose program is gone: bridges, but nothing that reaches them', () => {
  copyFileSync(join(__dirname, 'testing/pt-config.json'), join(own, 'pt_config.json'));
  expect(offered()).toEqual({ obfs4: [false, 2], snowflake: [false, 1], meek: [false, 1], webtunnel: [false, 0] });
});

test("the system's programs, for what did not come along", () => {
  const obfs4proxy = program(join(system, 'obfs4proxy'));
  const snowflake = program(join(system, 'snowflake-client'));
  expect(find().plugins).toEqual([
    { transports: ['meek_lite', 'obfs4'], path: obfs4proxy, args: [] },
    { transports: ['snowflake'], path: snowflake, args: [] },
  ]);
  expect(offered()).toEqual({ obfs4: [true, 0], snowflake: [true, 0], meek: [true, 0], webtunnel: [false, 0] });
});

test('a folder that tor could not name is passed over; without any program nothing is offered', () => {
  program(join(root, 'b in', 'obfs4proxy'));
  expect(find([join(root, 'b in')]).plugins).toEqual([]);
});

test('a file that is far too large is not read', () => {
  writeFileSync(join(own, 'pt_config.json'), `{"recommendedDefault":"obfs4","x":"${'x'.repeat(300_000)}"}`);
  expect(find().recommended).toBeUndefined();
});
