import { expect, test } from 'vitest';
import { buildTorrc, torWorkingDirectory } from './tor-config';

const DIRECTORY = '/home/a b/«ü»/tor';

test('a client that keeps off the network until it is told, and reaches onions only', () => {
  const lines = buildTorrc({ dataDirectory: DIRECTORY }).split('\n');
  expect(lines).toContain(`DataDirectory "${DIRECTORY}"`);
  expect(lines).toContain('SocksPort auto OnionTrafficOnly ExtendedErrors IsolateSOCKSAuth');
  expect(lines).toContain('DisableNetwork 1');
  expect(lines).toContain(`CookieAuthFile "${DIRECTORY}/control_auth_cookie"`);
  expect(lines.join()).not.toContain('Bridge');
  expect(lines.at(-1)).toBe('');
});

test('takes streams and is controlled by sockets where there are any', () => {
  const doors = { socks: '/home/a b/tor/socks', control: '/run/posthorn-x/12' };
  const lines = buildTorrc({ dataDirectory: DIRECTORY, doors }).split('\n');
  expect(lines).toContain('SocksPort unix:"/home/a b/tor/socks" OnionTrafficOnly ExtendedErrors IsolateSOCKSAuth');
  expect(lines).toContain('ControlPort unix:"/run/posthorn-x/12"');
  expect(buildTorrc({ dataDirectory: DIRECTORY })).toContain('\nControlPort auto\n');
});

test('bridges and a transport in a directory with spaces', () => {
  const config = {
    dataDirectory: DIRECTORY,
    bridges: ['obfs4 192.0.2.1:443 AAAA cert=x'],
    plugins: [
      { transports: ['meek_lite', 'obfs4'], path: '/opt/Post horn/pt/lyrebird', args: [] },
      { transports: ['snowflake'], path: '/usr/bin/snowflake-client', args: ['-log', 'x'] },
    ],
  };
  const lines = buildTorrc(config).split('\n');
  expect(lines).toContain('UseBridges 1');
  expect(lines).toContain('Bridge obfs4 192.0.2.1:443 AAAA cert=x');
  expect(lines).toContain('ClientTransportPlugin meek_lite,obfs4 exec ./lyrebird');
  expect(lines).toContain('ClientTransportPlugin snowflake exec /usr/bin/snowflake-client -log x');
  expect(torWorkingDirectory(config)).toBe('/opt/Post horn/pt');
});

test('quotes and backslashes in paths are escaped', () => {
  expect(buildTorrc({ dataDirectory: '/a"b\\c' })).toContain('DataDirectory "/a\\"b\\\\c"\n');
});

test.each([
  { dataDirectory: '/a\nSocksPort 9050' },
  { dataDirectory: '/a\rb' },
  { dataDirectory: 'relative/path' },
  { dataDirectory: '/a', bridges: ['192.0.2.1:443\nExitPolicy accept *:*'] },
  { dataDirectory: '/a', extraLines: ['A 1\nB 2'] },
  { dataDirectory: '/a', plugins: [{ transports: ['obfs4'], path: '/pt/lyre bird', args: [] }] },
  { dataDirectory: '/a', plugins: [{ transports: ['obfs4'], path: '/pt/lyre\nbird', args: [] }] },
  { dataDirectory: '/a', plugins: [{ transports: ['obfs4'], path: '/pt/lyrebird', args: ['-a b'] }] },
  { dataDirectory: '/a', plugins: [{ transports: ['obfs4\nX'], path: '/pt/lyrebird', args: [] }] },
])('what would add an option is refused: %j', (config) => {
  expect(() => buildTorrc(config)).toThrow(RangeError);
});
