/**
 * Playwright's reporter for the runner, beside its list of tests: at the end it writes counts and costs to
 * POSTHORN_TEST_REPORT.
 */
import { relative } from 'node:path';
import { root } from '../terminal.mjs';
import { writeReport } from './reports.mjs';

class CountsReporter {
  #suite;
  #errors = 0;

  onBegin(_config, suite) {
    this.#suite = suite;
  }

  /** Of the run as a whole: a spec that cannot be loaded, a network that does not start. */
  onError() {
    this.#errors += 1;
  }

  onEnd() {
    const tests = this.#suite?.allTests() ?? [];
    const count = (...outcomes) => tests.filter((test) => outcomes.includes(test.outcome())).length;
    writeReport({
      passed: count('expected'),
      failed: count('unexpected', 'flaky') + this.#errors,
      skipped: count('skipped'),
      tests: tests.map(costOf),
    });
  }

  printsToStdio() {
    return false;
  }
}

function costOf(test) {
  const milliseconds = test.results.reduce((total, { duration }) => total + duration, 0);
  return { file: relative(root, test.location.file), name: test.title, seconds: milliseconds / 1000 };
}

/** Playwright asks for a default export. */
export { CountsReporter as default };
