export interface TorRuntime {
  executablePath: string;
  /** For LD_LIBRARY_PATH of the tor process alone; undefined when tor finds its libraries by itself. */
  libraryDir: string | undefined;
  version: string;
  source: 'override' | 'bundled' | 'system';
  /** Version of the Tor Expert Bundle, where it is one. */
  bundle?: string;
}
export function resolveTor(options?: { quiet?: boolean; forRelease?: boolean }): Promise<TorRuntime>;
export function bundleSystemTor(): Promise<string>;
