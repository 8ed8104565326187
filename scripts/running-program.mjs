/** The desktop program as `npm run dev` starts, commands and ends it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { electronArguments } from './electron-runtime.mjs';
import { leashed, root, say } from './terminal.mjs';

/** The core writes down what it has in hand, and tor ends; whatever takes longer hangs. */
const endLimitMs = 15_000;
/** A core that cannot start tells so by itself; this only keeps the next change from waiting for ever. */
const answerLimitMs = 15_000;

export class RunningProgram {
  #options;
  #child;
  #isRestarting = false;
  #isEnding = false;
  #resolveEnded = () => undefined;
  /** Resolves with the exit status when the program has ended by itself, or by a signal to this process. */
  ended = new Promise((resolve) => {
    this.#resolveEnded = resolve;
  });

  /** @param {{electron: string, profile: string, env: NodeJS.ProcessEnv}} options */
  constructor(options) {
    this.#options = options;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void this.#end());
  }

  /** Starts it; resolves when its window is drawn. */
  async start() {
    const { electron, profile, env } = this.#options;
    // The fourth one is how it is commanded; before it listens there, the leash ends it when this process is killed.
    const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
    const program = leashed(electron, [...electronArguments, root, '--profile', profile]);
    const child = spawn(...program, { cwd: root, env, stdio });
    this.#child = child;
    child.once('exit', (code) => {
      if (!this.#isRestarting) this.#resolveEnded(code ?? 1);
    });
    await this.#hear('page-ready');
  }

  /**
   * Gives an order and waits until the program says that it is done.
   * @returns {Promise<boolean>} false when it did not say so in time
   */
  async order(order, news) {
    const heard = this.#hear(news);
    if (this.#child?.connected) this.#child.send(order);
    return heard;
  }

  async restart() {
    this.#isRestarting = true;
    await this.#stop();
    this.#isRestarting = false;
    // A signal may have come meanwhile: then it is not to be started again.
    if (this.#isEnding) this.#resolveEnded(0);
    else await this.start();
  }

  #hear(wanted) {
    const child = this.#child;
    return new Promise((resolve) => {
      const limit = setTimeout(() => settle(false, `no «${wanted}» from the program within 15 s`), answerLimitMs);
      const settle = (isHeard, line) => {
        clearTimeout(limit);
        child.off('message', listen);
        child.off('exit', gone);
        if (line !== undefined) say(line);
        resolve(isHeard);
      };
      const listen = (news) => {
        if (news === wanted) settle(true);
      };
      const gone = () => settle(false);
      child.on('message', listen);
      child.once('exit', gone);
    });
  }

  async #end() {
    this.#isEnding = true;
    await this.#stop();
  }

  async #stop() {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const limit = setTimeout(() => child.kill('SIGKILL'), endLimitMs);
    await gone;
    clearTimeout(limit);
  }
}
