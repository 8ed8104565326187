export interface ElectronRuntime {
  executablePath: string;
  distDir: string;
  version: string;
  source: 'override' | 'electron' | 'registry';
}
export const electronArguments: readonly string[];
export function resolveElectron(options?: { forRelease?: boolean; quiet?: boolean }): Promise<ElectronRuntime>;
