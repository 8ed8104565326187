/**
 * The private Tor network of this run of Playwright, as lines for tor's configuration. @throws when no network was
 * started
 */
export function tornetLines(): string[] {
  const given: unknown = JSON.parse(process.env['POSTHORN_TEST_TORRC'] ?? '[]');
  const lines = Array.isArray(given) ? given.filter((line): line is string => typeof line === 'string') : [];
  if (lines.length === 0)
    throw new Error('There is no private Tor network: e2e/tornet/playwright-setup.ts has not run');
  return lines;
}
