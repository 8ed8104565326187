export function startXvfb(size?: {
  width?: number;
  height?: number;
}): Promise<{ display: string; pid: number; stop: () => Promise<void> }>;
export function withDisplay<T>(
  action: (env: NodeJS.ProcessEnv) => Promise<T>,
  options?: { always?: boolean },
): Promise<T>;
export function hasDisplay(): boolean;
