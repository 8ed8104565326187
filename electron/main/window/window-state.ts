import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeFileAtomically } from '../program/atomic-file';

const smallest = { width: 720, height: 480 } as const;

/** How the window looked when it was last closed. Nothing about mail: this file is readable without the passphrase. */
export const WindowState = z.strictObject({
  width: z.number().int().min(smallest.width).max(20_000),
  height: z.number().int().min(smallest.height).max(20_000),
  x: z.number().int().optional(),
  y: z.number().int().optional(),
  maximised: z.boolean(),
  theme: z.enum(['system', 'light', 'dark']),
});
export type WindowState = z.infer<typeof WindowState>;

export const firstWindowState: WindowState = { width: 1280, height: 800, maximised: false, theme: 'system' };
export const smallestWindow = smallest;

type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** The state kept at `path`; the first-run state when there is none or it is not readable. */
export function readWindowState(path: string): WindowState {
  try {
    return WindowState.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return firstWindowState;
  }
}

/** Keeps the state for the next start. @throws the file system's own error */
export async function writeWindowState(path: string, state: WindowState): Promise<void> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomically(path, Buffer.from(JSON.stringify(state)));
}

/** Forgets a place that no screen shows any more, so that the window cannot open out of sight. */
export function placedOnScreen(state: WindowState, screens: readonly Area[]): WindowState {
  const { x, y, ...rest } = state;
  if (x === undefined || y === undefined) return rest;
  const grip = { x: x + Math.min(100, state.width), y: y + 20 };
  const seen = screens.some(
    (area) => grip.x >= area.x && grip.x <= area.x + area.width && grip.y >= area.y && grip.y <= area.y + area.height,
  );
  return seen ? state : rest;
}
