import type { TorLaunch } from '../../shared/launch';
import { torSentence } from '../../shared/tor-about';
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
  /** Told which tor it is and how it was checked, or what to do when none can be had: one sentence for a person. */
  readonly say: (sentence: string) => void;
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
    if (isSwitchedOff(places)) {
      onLaunch({ state: 'stopped' });
      return;
    }
    onLaunch({ state: 'starting' });
    try {
      const binary = await resolveTorBinary(places);
      if (this.#stopped) return;
      this.#options.say(`Running ${torSentence(binary.kit.about)}.`);
      this.#process = new TorProcess({ binary, dataDirectory, allowTestLines });
      // The core, which controls this tor, has to know which bridges it can reach.
      this.#process.onState((state) => onLaunch(state.state === 'running' ? { ...state, kit: binary.kit } : state));
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
    this.#options.say(
      missing ? error.message : 'Tor could not be started in this profile. Check that its folder can be written.',
    );
  }
}

/** POSTHORN_TOR=none: a clone runs without a network, as with a made-up profile. A packaged program takes no orders. */
function isSwitchedOff({ allowOverride, env }: TorBinaryPlaces): boolean {
  return allowOverride && env['POSTHORN_TOR'] === 'none';
}
