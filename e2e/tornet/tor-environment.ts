/**
 * The environment for the network's own processes: tor and tor-gencert are found also when the caller's PATH lacks the
 * administrators' directories, and malloc keeps to one arena (34 MB for the whole network in place of 300 to 400).
 */
export function torEnvironment(): NodeJS.ProcessEnv {
  const path = [process.env['PATH'] ?? '', '/usr/local/bin', '/usr/bin', '/usr/sbin', '/opt/homebrew/bin'].join(':');
  return { ...process.env, PATH: path, MALLOC_ARENA_MAX: '1' };
}
