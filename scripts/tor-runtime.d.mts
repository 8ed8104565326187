export interface TorRuntime {
  executablePath: string;
  /** For LD_LIBRARY_PATH of the tor process alone; undefined when tor finds its libraries by itself. */
  libraryDir: string | undefined;
  version: string;
  source: 'override' | 'bundled' | 'system';
}
export function resolveTor(options?: { quiet?: boolean }): Promise<TorRuntime>;
export function bundleSystemTor(): Promise<string>;
