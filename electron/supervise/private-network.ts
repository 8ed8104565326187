/**
 * Extra torrc lines for a private Tor network, from the environment variable POSTHORN_TEST_TORRC (a JSON array of
 * strings).
 * @param options.allow false in packaged programs: an environment variable must not redirect them to another Tor
 *   network
 * @throws TypeError when the variable is set to something else
 */
export function testTorrcLines(options: { allow: boolean; env: NodeJS.ProcessEnv }): string[] {
  const text = options.allow ? options.env['POSTHORN_TEST_TORRC'] : undefined;
  if (!text) return [];
  const lines: unknown = JSON.parse(text);
  if (!Array.isArray(lines) || !lines.every((line): line is string => typeof line === 'string')) {
    throw new TypeError('POSTHORN_TEST_TORRC is not a JSON array of strings');
  }
  return lines;
}
