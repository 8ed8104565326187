/** Entry of the thread that watches the program without a window: nothing outside of it would see it stand still. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PulseWatch } from '../supervise/pulse-watch';
import type { PulseAnswer, PulseThreadData } from './watch-pulse';

const STDERR = 2;

const port = parentPort;
if (port !== null) {
  const { tickMs } = workerData as PulseThreadData;
  const watch = new PulseWatch({
    patient: true,
    ...(tickMs === undefined ? {} : { tickMs }),
    ping: () => port.postMessage('ping'),
    onStill: () => {
      writeSync(STDERR, 'posthorn: the program stood still and was ended. Mail is as it was; start it again.\n');
      process.kill(process.pid, 'SIGKILL');
    },
  });
  port.on('message', (message: PulseAnswer) => (message === 'busy' ? watch.busy() : watch.heard()));
  watch.start();
}
