/**
 * Ends a process that would not hear a request. One that has ended by itself meanwhile is left alone: its end is told
 * as any other, and the program that watches it must not fall over that.
 */
export function endHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone.
  }
}
