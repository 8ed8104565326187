import { once } from 'node:events';
import { expect, test } from 'playwright/test';
import { startDeveloperRun } from '../harness/window/developer-run';
import { launchApp } from '../harness/window/launch-app';
import { processTree, programOf } from '../harness/process/process-tree';
import type { SampleProfile } from '../harness/people/sample-profile';
import { makeSampleProfile, sampleEnvironment } from '../harness/people/sample-profile';
import { openFolder } from '../harness/people/write-mail';

/** The two quick tools, as somebody new uses them. */
test.describe.configure({ mode: 'serial' });

let sample: SampleProfile;

test.beforeAll(async () => {
  sample = await makeSampleProfile(50);
});
test.afterAll(() => sample.remove());

test('a sample opens by itself, without tor, and says so', async () => {
  const window = await launchApp({ name: 'sample', profile: sample.profile, env: sampleEnvironment });
  const { page } = window;
  await page.getByTestId('main-window').waitFor();
  await page.getByTestId('thread-row').first().waitFor();
  await expect(page.getByTestId('tor-status')).toContainText('Tor is off');
  await openFolder(page, 'requests');
  await expect(page.getByTestId('thread-row')).toHaveCount(3);
  const programs = processTree(window.app.process().pid ?? 0).map(programOf);
  expect(programs.filter((program) => program?.endsWith('/tor'))).toEqual([]);
  await window.close();
  window.remove();
});

test('dev restarts what was changed, goes on after an error, and leaves nothing behind when it is killed', async () => {
  const dev = await startDeveloperRun(sample.profile);
  const tree = processTree(dev.child.pid ?? 0);
  expect(tree.length).toBeGreaterThan(3);

  dev.append('electron/core/entry-utility.ts', "\nprocess.stderr.write('a new core\\n');\n");
  await dev.output.line(/core restarted in \d+\.\d s/u);
  await dev.output.line(/^a new core$/u);

  dev.append('renderer/main.tsx', '\nconst broken = ;\n');
  await dev.output.line(/renderer\/main\.tsx:\d+:/u);
  await dev.output.line(/goes on as it was/u);
  expect(dev.child.exitCode).toBeNull();

  // It is killed while the program has something to tell it.
  dev.append('electron/core/entry-utility.ts', "\nprocess.stderr.write('the next core\\n');\n");
  await dev.output.line(/^the next core$/u);
  const started = processTree(dev.child.pid ?? 0).slice(1);
  dev.child.kill('SIGKILL');
  await once(dev.child, 'exit');
  await expect.poll(() => started.filter((pid) => programOf(pid) !== undefined)).toEqual([]);
  dev.remove();
});
