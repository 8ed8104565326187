import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleForTest, type TestBundle } from '../pgp/testing/worker-bundle';
import { standstill } from '../testing/standstill';
import { WorkerLane, type LaneJob, type LaneLimits } from './worker-lane';

/** A worker that can do to its thread what a letter could do to its reader. */
const PROGRAM = `
  import { threadId } from 'node:worker_threads';
  import { answerCalls } from '../worker/answer-calls';
  const held = [];
  const dig = (depth) => dig(depth + 1) + 1;
  answerCalls({
    echo: (value) => value,
    thread: () => threadId,
    fill: () => { for (;;) held.push({ word: held.length }); },
    spin: () => { for (;;); },
    dig: () => dig(0),
    grow: () => 'x'.repeat(2 ** 30),
    fall: () => { setImmediate(() => { throw new Error('later'); }); return new Promise(() => undefined); },
    leave: () => process.exit(3),
    fault: () => { throw new Error('a fault of ours'); },
    late: () => { setImmediate(() => { throw new Error('after the answer'); }); return 'answered'; },
    linger: () => { setImmediate(() => { for (;;); }); return 'answered'; },
    hoard: () => { setImmediate(() => { for (;;) held.push({ word: held.length }); }); return 'answered'; },
    short: () => { throw new RangeError('Array buffer allocation failed'); },
    shortLater: () => {
      setImmediate(() => { throw Object.assign(new Error('insufficient memory'), { code: 'Z_MEM_ERROR' }); });
      return new Promise(() => undefined);
    },
  });
`;
/** Really small, so that a test fills it in no time. */
const small: LaneLimits = { memoryMegabytes: 24, hangMs: 2_000, hangMsPerMegabyte: 0, waiting: 20 };

let bundle: TestBundle;
const lanes: WorkerLane[] = [];
beforeAll(async () => {
  bundle = await bundleForTest(PROGRAM);
});
afterEach(async () => {
  await Promise.all(lanes.splice(0).map((lane) => lane.close()));
});
afterAll(() => bundle.remove());

function lane(limits: Partial<LaneLimits & { workerPath: string }> = {}): WorkerLane {
  const made = new WorkerLane({ ...small, workerPath: bundle.path, ...limits });
  lanes.push(made);
  return made;
}

const ofPeer = (method: string): LaneJob => ({ method, argument: undefined, ofPeer: true });
const own = (method: string): LaneJob => ({ method, argument: undefined });

describe('a lane of work in another thread', () => {
  it.each(['fill', 'spin', 'fall', 'dig', 'grow'])(
    'refuses for good what a peer wrote and ends in «%s»',
    async (end) => {
      const tested = lane();
      const hostile = tested.call(ofPeer(end));
      const next = tested.call({ method: 'echo', argument: 'mail of somebody else', ofPeer: true });
      await expect(hostile).rejects.toMatchObject({ code: 'unreadable-content' });
      await expect(next).resolves.toBe('mail of somebody else');
    },
  );

  it.each(['fill', 'spin', 'fall', 'leave'])('lets our own work that ends in «%s» be tried again', async (end) => {
    const tested = lane();
    const ours = tested.call(own(end));
    const next = tested.call({ method: 'echo', argument: 'next' });
    await expect(ours).rejects.toMatchObject({ code: 'worker-died' });
    await expect(next).resolves.toBe('next');
  });

  it('does not blame a peer for a worker that leaves by itself, for a fault of ours, or for one that never starts', async () => {
    await expect(lane().call(ofPeer('leave'))).rejects.toMatchObject({ code: 'worker-died' });
    await expect(lane().call(ofPeer('fault'))).rejects.toMatchObject({ code: 'internal' });
    const missing = lane({ workerPath: join(bundle.folder, 'missing.cjs') });
    await expect(missing.call(ofPeer('echo'))).rejects.toMatchObject({ code: 'worker-died' });
  });

  it.each(['short', 'shortLater'])('blames nobody when the machine has no memory left: «%s»', async (end) => {
    await expect(lane().call(ofPeer(end))).rejects.toMatchObject({ code: 'worker-died' });
  });

  it.each(['late', 'linger', 'hoard'])(
    'does not blame the next letter for what one before it left behind: «%s»',
    async (end) => {
      const tested = lane();
      const first = tested.call(ofPeer(end));
      const next = [1, 2, 3].map((argument) => tested.call({ method: 'echo', argument, ofPeer: true }));
      await expect(first).resolves.toBe('answered');
      expect(await Promise.all(next)).toEqual([1, 2, 3]);
    },
  );

  it.each(['fill', 'spin', 'fall'])(
    'blames the letter that ends two workers, whatever came before: «%s»',
    async (end) => {
      const tested = lane();
      await tested.call({ method: 'echo', argument: 'mail of somebody else', ofPeer: true });
      const calls = await Promise.allSettled([
        tested.call(ofPeer(end)),
        tested.call({ method: 'echo', argument: 'and of another', ofPeer: true }),
      ]);
      expect(calls).toMatchObject([{ reason: { code: 'unreadable-content' } }, { value: 'and of another' }]);
    },
  );

  it('ends what runs and what waits when it is closed', async () => {
    const tested = lane();
    const calls = Promise.allSettled([tested.call(ofPeer('spin')), tested.call(own('echo'))]);
    await tested.close();
    for (const call of await calls) expect(call).toMatchObject({ reason: { code: 'connection-closed' } });
    await expect(tested.call(own('echo'))).rejects.toMatchObject({ code: 'connection-closed' });
  });

  it('keeps one thread for all work that goes well', async () => {
    const tested = lane();
    const threads = await Promise.all([1, 2, 3].map(() => tested.call(own('thread'))));
    expect(new Set(threads).size).toBe(1);
  });

  it('ends a thread that has nothing to do, where that is asked for, and starts another', async () => {
    const terminated = vi.spyOn(Worker.prototype, 'terminate');
    const tested = lane({ idleMs: 20 });
    const first = await tested.call(own('thread'));
    await vi.waitFor(() => expect(terminated).toHaveBeenCalled());
    const later = tested.call(own('thread'));
    expect(await later).not.toBe(first);
    terminated.mockRestore();
  });

  it('gives each party its turn', async () => {
    const tested = lane();
    const finished: string[] = [];
    const calls = ['flood', 'flood', 'flood', 'flood', 'alice', 'bob'].map((party, index) =>
      tested
        .call({ method: 'echo', argument: `${party} ${String(index)}`, party })
        .then((answer) => finished.push(String(answer))),
    );
    await Promise.all(calls);
    expect(finished).toEqual(['flood 0', 'flood 1', 'alice 4', 'bob 5', 'flood 2', 'flood 3']);
  });

  it('takes no more than may wait', async () => {
    const tested = lane({ waiting: 2 });
    const calls = await Promise.allSettled([1, 2, 3, 4].map((argument) => tested.call({ method: 'echo', argument })));
    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(calls[3]).toMatchObject({ reason: { code: 'too-many' } });
  });

  it('leaves the caller its octets, and hands large ones over without a standstill', async () => {
    const tested = lane({ hangMs: 60_000 });
    const whole = new Uint8Array(54 * 1024 * 1024).fill(7);
    const view = whole.subarray(1_000, 1_010);
    await tested.call(own('echo'));
    const control = await standstill(() => tested.call({ method: 'echo', argument: view }));
    const large = await standstill(() => tested.call({ method: 'echo', argument: { whole, view } }));
    expect(Buffer.compare((large.value as { whole: Uint8Array }).whole, whole)).toBe(0);
    expect((large.value as { view: Uint8Array }).view).toEqual(view);
    expect(whole[0]).toBe(7);
    expect(large.worstMs).toBeLessThan(Math.max(50, 3 * control.worstMs));
  });
});
