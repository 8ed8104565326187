import { expect, test } from 'vitest';
import { noNews, statusOf, withStatusLine } from './bootstrap-status';

function after(lines: readonly string[], bridges = false) {
  return statusOf(lines.reduce((news, line) => withStatusLine(news, { line, bridges }), noNews));
}

test('a bootstrap in plain words', () => {
  expect(after([])).toEqual({ phase: 'connecting', progress: 0, summary: 'starting Tor' });
  expect(
    after(['STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=14 TAG=handshake SUMMARY="Handshaking with a relay"']),
  ).toEqual({
    phase: 'connecting',
    progress: 14,
    summary: 'agreeing on keys with the Tor network',
  });
  expect(after(['STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"'])).toEqual({
    phase: 'online',
    progress: 100,
    summary: 'connected to the Tor network',
  });
});

const REFUSED =
  'STATUS_CLIENT WARN BOOTSTRAP PROGRESS=5 TAG=conn SUMMARY="Connecting" WARNING="Connection refused" REASON=CONNECTREFUSED COUNT=11 RECOMMENDATION=warn HOSTADDR="192.0.2.1:9001"';

test('a warning after three failures without progress, or when tor recommends one, without what tor wrote', () => {
  const failed = (count: number): string =>
    REFUSED.replace('COUNT=11 RECOMMENDATION=warn', `COUNT=${count} RECOMMENDATION=ignore`);
  expect(after([failed(1), failed(2)]).warning).toBeUndefined();
  expect(after([failed(1), failed(2), failed(3)]).warning).toBe('cannot-connect');
  expect(
    after([failed(3), 'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=14 TAG=handshake SUMMARY="Handshaking"']).warning,
  ).toBeUndefined();
  expect(after([REFUSED])).toEqual({
    phase: 'connecting',
    progress: 5,
    summary: 'connecting to the Tor network',
    warning: 'cannot-connect',
  });
  expect(after([REFUSED], true).warning).toBe('bridge-unreachable');
  expect(
    after([REFUSED, 'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"']).warning,
  ).toBeUndefined();
});

test('a wrong clock explains connections that fail', () => {
  const skew = 'STATUS_GENERAL WARN CLOCK_SKEW SKEW=-86400 SOURCE=OR:192.0.2.1:9001';
  expect(after([skew, REFUSED]).warning).toBe('clock-skew');
});

test('the network goes and comes back', () => {
  const done = 'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=100 TAG=done SUMMARY="Done"';
  expect(after([done, 'NETWORK_LIVENESS DOWN'])).toMatchObject({ phase: 'no-network', progress: 100 });
  expect(after([done, 'NETWORK_LIVENESS DOWN', 'NETWORK_LIVENESS UP']).phase).toBe('online');
});

test('other lines and nonsense change nothing', () => {
  for (const line of [
    '',
    'HS_DESC UPLOADED x UNKNOWN $AA',
    'STATUS_CLIENT',
    'STATUS_CLIENT NOTICE BOOTSTRAP PROGRESS=101',
    'STATUS_CLIENT NOTICE BOOTSTRAP',
  ]) {
    expect(withStatusLine(noNews, { line, bridges: false })).toBe(noNews);
  }
});
