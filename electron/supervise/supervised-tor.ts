import type { TorLaunch } from '../../shared/launch';
import type { TorBinaryPlaces } from './tor-binary';
import { resolveTorBinary, TorMissingError } from './tor-binary';
import { TorProcess } from './tor-process';

export type SupervisedTorOptions = {
  readonly places: TorBinaryPlaces;
  /** Absolute path of tor's own directory in the profile. */
  readonly dataDirectory: string;
  /** Whether POSTHORN_TEST_TORRC counts; false in packaged programs. */
  readonly allowTestLines: boolean;
  /** Told of every change, the first of them `starting`. */
  readonly onLaunch: (launch: TorLaunch) => void;
  /** Told what to do when no tor can be had; a sentence for a person. */
  readonly onMissing: (advice: string) => void;
};

/** The tor of one running Posthorn, found and kept running: what both the window's and the headless program own. */
export class SupervisedTor {
  readonly #options: SupervisedTorOptions;
  #process: TorProcess | undefined;
  #stopped = false;

  constructor(options: SupervisedTorOptions) {
    this.#options = options;
  }

  /** Finds and starts tor; resolves when it was started or cannot be. */
  async start(): Promise<void> {
    const { places, dataDirectory, allowTestLines, onLaunch } = this.#options;
    if (isSwitchedOff(places)) return onLaunch({ state: 'stopped' });
    onLaunch({ state: 'starting' });
    try {
      const binary = await resolveTorBinary(places);
      if (this.#stopped) return;
      this.#process = new TorProcess({ binary, dataDirectory, allowTestLines });
      this.#process.onState(onLaunch);
      this.#process.start();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Ends tor and waits until it is gone. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#process?.stop();
  }

  #fail(error: unknown): void {
    const missing = error instanceof TorMissingError;
    this.#options.onLaunch({ state: 'failed', reason: missing ? 'binary-missing' : 'crashed' });
    this.#options.onMissing(
      missing ? error.message : 'Tor could not be started in this profile. Check that its folder can be written.',
    );
  }
}

/** POSTHORN_TOR=none: a clone runs without a network, as with a made-up profile. A packaged program takes no orders. */
function isSwitchedOff({ allowOverride, env }: TorBinaryPlaces): boolean {
  return allowOverride && env['POSTHORN_TOR'] === 'none';
}
