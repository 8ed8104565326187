/**
 * Vitest's reporter for the runner, beside its own: prints long tests as they end, and now and then how many have
 * ended, so that the runner can tell slow from hung; at the end it writes counts and costs to POSTHORN_TEST_REPORT.
 */
import { writeReport } from './reports.mjs';

const longMs = 10_000;
const quietMs = 30_000;

class ProgressReporter {
  #ended = 0;
  #lastLine = Date.now();

  onTestCaseResult(test) {
    this.#ended += 1;
    const took = test.diagnostic()?.duration ?? 0;
    if (took >= longMs) this.#say(`${seconds(took)} s  ${test.module.relativeModuleId}  ${test.fullName}`);
    else if (Date.now() - this.#lastLine >= quietMs) this.#say(`${this.#ended} tests have ended`);
  }

  onTestModuleEnd() {
    this.#lastLine = Date.now();
  }

  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(isBroken).length;
    writeReport({
      passed: count('passed'),
      failed: count('failed') + broken + unhandledErrors.length,
      skipped: count('skipped'),
      tests: modules.flatMap(costsOf),
    });
  }

  #say(line) {
    this.#lastLine = Date.now();
    process.stdout.write(` … ${line}\n`);
  }
}

/** A file that cannot be loaded, or whose hooks fail, has no test of its own that has failed. */
function isBroken(module) {
  return module.state() === 'failed' && ![...module.children.allTests('failed')].length;
}

/** Of each test; what the file takes beside its tests (loading, hooks of the whole file) is listed as one more. */
function costsOf(module) {
  const file = module.relativeModuleId;
  const tests = [...module.children.allTests()].map((test) => ({
    file,
    name: test.fullName,
    seconds: (test.diagnostic()?.duration ?? 0) / 1000,
  }));
  const { collectDuration, duration } = module.diagnostic();
  const whole = (collectDuration + duration) / 1000;
  const beside = whole - tests.reduce((total, test) => total + test.seconds, 0);
  return [...tests, { file, name: '(loading and set-up of the file)', seconds: Math.max(0, beside) }];
}

const seconds = (milliseconds) => (milliseconds / 1000).toFixed(1);

/** Vitest asks for a default export. */
export { ProgressReporter as default };
