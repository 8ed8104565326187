/**
 * `node scripts/reaper.mjs MARK`: waits until its standard input ends, which the kernel sees to when the process that
 * started it dies in whatever way, SIGKILL included; then ends every process with that mark. Started by
 * `withReaper`. Plain Node, no packages.
 */
import { endMarked } from './marked-processes.mjs';

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
process.stdin.on('error', () => undefined);
process.stdin.resume();
process.stdin.once('close', () => void endMarked(process.argv[2]));
