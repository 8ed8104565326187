/** The core of `receiver-process`, which also tells how it bears a load: from the message `start` on until `report`. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import './receiver-process';

/** Megabytes and milliseconds. */
export type Bearing = {
  readonly rssBefore: number;
  readonly rssPeak: number;
  readonly delayP99: number;
  readonly delayMax: number;
};

const MILLION = 1_000_000;
const delay = monitorEventLoopDelay({ resolution: 10 });
const rss = (): number => process.memoryUsage.rss() / MILLION;
let before = 0;
let peak = 0;

setInterval(() => {
  peak = Math.max(peak, rss());
}, 50).unref();
process.on('message', (message) => {
  if (message === 'start') {
    before = peak = rss();
    delay.enable();
    delay.reset();
  }
  if (message === 'report') {
    const bearing: Bearing = {
      rssBefore: before,
      rssPeak: peak,
      delayP99: delay.percentile(99) / MILLION,
      delayMax: delay.max / MILLION,
    };
    process.send?.({ bearing });
  }
});
