import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPtConfig } from './pt-config';

const text = readFileSync(join(__dirname, 'testing/pt-config.json'), 'utf8');

test('the shape of the file that comes with a bundle', () => {
  const config = readPtConfig(text, 'linux');
  expect(config).toMatchObject({
    recommended: 'obfs4',
    programs: [
      { transports: ['meek_lite', 'obfs4', 'webtunnel'], name: 'lyrebird', args: [] },
      { transports: ['snowflake'], name: 'lyrebird', args: [] },
    ],
  });
  const counts = Object.entries(config!.bridges).map(([transport, lines]) => [transport, lines.length]);
  expect(Object.fromEntries(counts)).toEqual({ obfs4: 2, snowflake: 1, meek: 1, webtunnel: 0 });
});

test('programs of Windows, and of files older and newer', () => {
  const plugin = (line: string, platform: NodeJS.Platform) =>
    readPtConfig(JSON.stringify({ pluggableTransports: { a: line } }), platform)?.programs;
  const line = 'ClientTransportPlugin snowflake,new_one exec ${pt_path}snowflake-client${pt_extension} -log x';
  expect(plugin(line, 'win32')).toEqual([
    { transports: ['snowflake'], name: 'snowflake-client.exe', args: ['-log', 'x'] },
  ]);
  expect(plugin('ClientTransportPlugin obfs4 exec ${pt_path}lyrebird.exe', 'win32')?.[0]?.name).toBe('lyrebird.exe');
});

test.each([
  'ClientTransportPlugin obfs4 exec /bin/sh',
  'ClientTransportPlugin obfs4 exec ${pt_path}../sh',
  'ClientTransportPlugin obfs4 exec ${pt_path}lyrebird\nSocksPort 9050',
  'ClientTransportPlugin obfs4 exec ${pt_path}lyrebird -a\tb',
  'ClientTransportPlugin obfs4 socks5 127.0.0.1:9',
  'SocksPort 9050',
  7,
])('a program that is none is left out: %j', (line) => {
  expect(readPtConfig(JSON.stringify({ pluggableTransports: { a: line } }), 'linux')?.programs).toEqual([]);
});

test('bridges that are none, or another transport than they are listed under, are left out', () => {
  const obfs4 = `obfs4 192.0.2.1:443 ${'A'.repeat(40)} cert=abc iat-mode=0`;
  const bridges = { obfs4: [obfs4, `${obfs4}\nX 1`, 'snowflake 192.0.2.3:80', 5, '192.0.2.1:443'], snowflake: obfs4 };
  expect(readPtConfig(JSON.stringify({ bridges }), 'linux')?.bridges).toMatchObject({ obfs4: [obfs4], snowflake: [] });
  const many = { obfs4: Array.from({ length: 60 }, () => obfs4) };
  expect(readPtConfig(JSON.stringify({ bridges: many }), 'linux')?.bridges.obfs4).toHaveLength(50);
});

test.each(['', '{', '7', 'null', '[]'])('%j is no such file, or an empty one', (nothing) => {
  expect(readPtConfig(nothing, 'linux')?.programs ?? []).toEqual([]);
});
