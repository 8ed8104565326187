import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import type { RunningApp } from '../../e2e/harness/window/launch-app';
import { launchApp } from '../../e2e/harness/window/launch-app';
import { makeTrustProfile } from '../../e2e/harness/people/trust-profile';
import { openTrustWindow } from '../../e2e/harness/window/trust-window';
import type { BenchRun } from '../report/bench-run';
import { median, type Section } from '../report/report';
import { writeEmptyProgram } from '../start/empty-program';
import { pan, PAN_MS, type Panned } from './pan';

type Amount = { readonly people: number; readonly contacts: number; readonly rounds: number };
const whole: Amount = { people: 1_000, contacts: 300, rounds: 3 };
const little: Amount = { people: 20, contacts: 8, rounds: 1 };
type Looking = { readonly say: (text: string) => void; readonly rounds: number };

type Look = { readonly drawMs: number; readonly whole: Panned; readonly large: Panned };

/**
 * The web of trust of 1,000 real keys in the real window, against the same picture as a plain SVG in an empty window of
 * the same Electron.
 */
export async function benchGraph({ say, small }: BenchRun): Promise<Section> {
  const amount = small ? little : whole;
  const { people, contacts, rounds } = amount;
  say(`graph: a key ring of ${people} people is made and imported`);
  const profile = await makeTrustProfile({ people, contacts });
  const scratch = mkdtempSync(join(tmpdir(), 'posthorn-graph-'));
  const empty = join(scratch, 'empty');
  writeEmptyProgram(empty);
  try {
    const window = await openTrustWindow(profile);
    const { ours, svg } = await closedAfter(window, () => lookAtOurs(window, { say, rounds }));
    const plain = await launchApp({ name: 'svg', application: empty });
    const theirs = await closedAfter(plain, () => lookAtSvg(plain.page, { svg, say, rounds }));
    return summary(amount, { ours, theirs });
  } finally {
    profile.remove();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Closes a window and removes its profile when `look` has ended, well or badly. */
async function closedAfter<T>(window: RunningApp, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } finally {
    await window.close();
    window.remove();
  }
}

async function lookAtOurs(
  window: RunningApp,
  { say, rounds }: Looking,
): Promise<{ readonly ours: readonly Look[]; readonly svg: string }> {
  const { page } = window;
  await page.getByTestId('trust-export').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Save as SVG' }).click();
  await page.getByTestId('toast').filter({ hasText: 'Picture saved' }).waitFor();
  const ours: Look[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    // Coming back to the page asks the core again and draws anew.
    await page.getByTestId('open-contacts').click();
    await page.evaluate(() => performance.clearMarks());
    await page.getByTestId('open-trust').click();
    await page.waitForFunction(() => performance.getEntriesByName('trust-graph:drawn').length > 0);
    const drawMs = await page.evaluate(
      () =>
        (performance.getEntriesByName('trust-graph:drawn')[0]?.startTime ?? NaN) -
        (performance.getEntriesByName('trust-graph:data')[0]?.startTime ?? NaN),
    );
    const whole = await drag(page);
    for (let press = 0; press < 3; press += 1) await page.getByTestId('trust-zoom-in').click();
    const large = await drag(page);
    ours.push(told(say, `round ${round}`, { drawMs, whole, large }));
  }
  return { ours, svg: readFileSync(join(window.saveDirectory, 'nora-web-of-trust.svg'), 'utf8') };
}

/** Holds the mouse button on an empty place of the picture and moves. */
async function drag(page: Page): Promise<Panned> {
  const box = await page.getByTestId('trust-picture').boundingBox();
  if (box === null) throw new Error('The picture is not on the screen');
  await page.mouse.move(box.x + 400, box.y + 300);
  await page.mouse.down();
  const panned = await pan(page, { testId: 'trust-picture' });
  await page.mouse.up();
  return panned;
}

async function lookAtSvg(
  page: Page,
  { svg, say, rounds }: Looking & { readonly svg: string },
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const drawMs = await page.evaluate(showSvg, { svg, scale: 1 });
    const whole = await pan(page, { group: 'svg > g' });
    await page.evaluate(showSvg, { svg, scale: 2.7 });
    looks.push(told(say, `plain SVG, round ${round}`, { drawMs, whole, large: await pan(page, { group: 'svg > g' }) }));
  }
  return looks;
}

/**
 * Runs in the page: puts the picture in, as large as the window times `scale`; milliseconds until the frame after it.
 */
function showSvg({ svg, scale }: { readonly svg: string; readonly scale: number }): Promise<number> {
  document.body.replaceChildren();
  document.body.style.cssText = 'margin: 0; overflow: hidden';
  return new Promise((done) => {
    // Nothing of the former picture is left to be drawn.
    requestAnimationFrame(() => {
      const start = performance.now();
      document.body.innerHTML = svg.replace(/^<\?xml[^>]*>\s*/u, '');
      const picture = document.querySelector('svg');
      const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
      group.append(...(picture?.childNodes ?? []));
      picture?.append(group);
      const side = innerHeight * scale;
      picture?.setAttribute(
        'style',
        `position: absolute; width: ${side}px; height: ${side}px; left: ${(innerWidth - side) / 2}px; top: ${(innerHeight - side) / 2}px`,
      );
      requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    });
  });
}

function told(say: (text: string) => void, what: string, look: Look): Look {
  const { drawMs, whole, large } = look;
  say(`graph, ${what}: drawn in ${drawMs.toFixed(0)} ms; moved at ${panText(whole)}; enlarged at ${panText(large)}`);
  return look;
}

const panText = ({ framesPerSecond, longestMs }: Panned): string =>
  `${framesPerSecond.toFixed(0)} frames/s (longest ${longestMs.toFixed(0)} ms)`;

function summary(
  { people, rounds }: Amount,
  { ours, theirs }: { readonly ours: readonly Look[]; readonly theirs: readonly Look[] },
): Section {
  const line = (name: string, unit: string, of: (look: Look) => number, better: 'more' | 'less') => ({
    name,
    unit,
    ours: median(ours.map(of)),
    theirs: median(theirs.map(of)),
    better,
  });
  return {
    lines: [
      line(`web of ${people} keys, data to picture`, 'ms', ({ drawMs }) => drawMs, 'less'),
      line('  the whole of it moved', 'frames/s', ({ whole }) => whole.framesPerSecond, 'more'),
      line('  enlarged and moved', 'frames/s', ({ large }) => large.framesPerSecond, 'more'),
    ],
    how: [
      `graph: the window with ${people} keys and their certifications in its core, against the SVG that it exports in an empty window of the same`,
      `  Electron; from the core's answer (or the SVG's text) to the frame that shows it; then moved on every frame for ${PAN_MS / 1000} s. Median of ${rounds} rounds.`,
    ],
  };
}
