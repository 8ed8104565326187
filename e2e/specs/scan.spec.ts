import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import {
  claimedPng,
  fakeCameraArguments,
  inverted,
  placedOn,
  pngFile,
  qrPicture,
  writeCameraFilm,
} from '../harness/window/fake-camera';
import { firstRun, unlockProfile } from '../harness/people/first-run';
import { pictures } from '../harness/window/gallery';
import type { RunningApp } from '../harness/window/launch-app';
import { launchApp } from '../harness/window/launch-app';
import { Person } from '../harness/people/person';
import {
  cameraTracks,
  expectCameraOff,
  openScanner,
  scanFile,
  scanText,
  watchCamera,
} from '../harness/people/scan-person';
import { tornetLines } from '../harness/tor/tornet-lines';
import { lockedWindow } from '../harness/window/locked-window';
import { reachable } from '../harness/window/window-person';

/** One window with a camera that shows what a test wants, and people in another program whose cards it scans. */
test.describe.configure({ mode: 'serial' });

let alice: RunningApp;
let people: Person;
let film: string;
/** Cards as texts: what the QR codes hold. */
let bob: string;
let carol: string;

const cardOf = async (index: number): Promise<string> =>
  (await people.core.call('cards.own', { identityId: people.identities[index]!.id, withCode: true })).uri;
const png = (buffer: Buffer) => ({ name: 'code.png', mimeType: 'image/png', buffer });
const bobAddress = (): string => people.identity.address;
/** The address with another letter in the middle of its onion name. */
const misspelt = (address: string): string =>
  `${address.slice(0, 30)}${address[30] === 'q' ? 'p' : 'q'}${address.slice(31)}`;
const scanned = (step: string) => alice.page.locator(`[data-testid="scan-area"][data-step="${step}"]`);

test.beforeAll(async () => {
  const torrc = tornetLines();
  people = await Person.start({ name: 'people', torrc, localParts: ['bob', 'carol', 'dan', 'erin'] });
  [bob, carol] = await Promise.all([cardOf(0), cardOf(1)]);
  film = join(people.node.profile, 'film.y4m');
  writeCameraFilm(film, bob);
  alice = await launchApp({ name: 'alice', torrc, args: fakeCameraArguments(film) });
  await firstRun(alice.page, { localPart: 'alice' });
  await reachable(alice.page);
  await watchCamera(alice.page);
});

test.afterAll(async () => {
  await Promise.all([alice.close(), people.end()]);
  alice.remove();
});

test('the page gets no camera that it has not asked the shell for, and never a microphone', async () => {
  const tried = await alice.page.evaluate(async () => {
    const bridge = (window as unknown as { posthorn: { call(method: string, params: unknown): Promise<unknown> } })
      .posthorn;
    const open = (wanted: MediaStreamConstraints) =>
      navigator.mediaDevices.getUserMedia(wanted).then(
        () => 'given',
        (error: unknown) => (error as DOMException).name,
      );
    const unasked = await open({ video: true });
    await bridge.call('camera.allow', { allowed: true });
    const sound = await open({ audio: true });
    await bridge.call('camera.allow', { allowed: true });
    const both = await open({ audio: true, video: true });
    const afterwards = await open({ video: true });
    const screen = await navigator.mediaDevices.getDisplayMedia({ video: true }).then(
      () => 'given',
      (error: unknown) => (error as DOMException).name,
    );
    return { unasked, sound, both, afterwards, screen };
  });
  expect(tried).toEqual({
    unasked: 'NotAllowedError',
    sound: 'NotAllowedError',
    both: 'NotAllowedError',
    afterwards: 'NotAllowedError',
    screen: 'NotAllowedError',
  });
});

test('the camera is asked for once, in our own words', async () => {
  await openScanner(alice.page);
  await alice.page.getByTestId('camera-question').waitFor();
  expect(await pictures(alice, { name: 'scan-question' })).toEqual([]);
  expect(await cameraTracks(alice.page)).toEqual([]);
});

test('the camera sees Bob’s code: Bob turns verified', async () => {
  const { page } = alice;
  await page.getByTestId('camera-allow').click();
  await page.getByTestId('card-new').waitFor();
  await expect(page.getByTestId('card-new')).toHaveAttribute('data-address', bobAddress());
  await expectCameraOff(page);
  await page.getByTestId('card-name').fill('Bob Weaver');
  await page.getByTestId('certify-more').click();
  expect(await pictures(alice, { name: 'scan-new' })).toEqual([]);
  await page.getByTestId('card-verify').click();
  await page.locator('[data-testid="card-verified"][data-standing="verified"]').waitFor();
  expect(await pictures(alice, { name: 'scan-verified', shownAs: 'scan-verified' })).toEqual([]);
  await page.getByTestId('scan-close').click();
  await page.getByTestId('open-contacts').click();
  await expect(page.getByTestId('contact-details')).toContainText(/verified/iu);
});

test('a code with Bob’s address and another key is a warning that cannot be accepted', async () => {
  const { page } = alice;
  const otherKey = bob.replace(
    /fpr=(.{38})../u,
    (_all, kept: string) => `fpr=${kept}${bob.includes(`${kept}00`) ? '11' : '00'}`,
  );
  writeCameraFilm(film, otherKey);
  await openScanner(page);
  const warning = page.getByTestId('card-warning');
  await warning.waitFor();
  await expect(warning).toHaveAttribute('data-kind', 'other-key');
  await expect(page.getByTestId('card-comparison')).toHaveAttribute('data-differs', /^[12]$/u);
  await expect(page.getByTestId('card-verify')).toHaveCount(0);
  expect(await pictures(alice, { name: 'scan-wrong-key', shownAs: 'scan-warning' })).toEqual([]);
  await page.getByTestId('card-do-not-trust').click();
  await page.getByTestId('scan-dialog').waitFor({ state: 'detached' });
  await expectCameraOff(page);
});

test('an address one letter from Bob’s is a warning', async () => {
  const { page } = alice;
  writeCameraFilm(film, `mailto:${misspelt(bobAddress())}`);
  await openScanner(page);
  await expect(page.getByTestId('card-warning')).toHaveAttribute('data-kind', 'look-alike');
  await expect(page.getByTestId('card-comparison')).toHaveAttribute('data-differs', '1');
  await expect(page.getByTestId('card-verify')).toHaveCount(0);
  expect(await pictures(alice, { name: 'scan-look-alike' })).toEqual([]);
  await page.getByTestId('card-do-not-trust').click();
});

test('Carol’s code where Erin’s is expected is a warning', async () => {
  const { page } = alice;
  writeCameraFilm(film, carol);
  await page.getByTestId('add-contact').click();
  await page.getByTestId('add-contact-address').fill(people.identities[3]!.address);
  await page.getByTestId('add-contact-confirm').click();
  await page.getByTestId('contact-row').filter({ hasText: 'erin' }).click();
  await page.getByTestId('contact-scan').click();
  await expect(page.getByTestId('card-warning')).toHaveAttribute('data-kind', 'other-address');
  await expect(page.getByTestId('card-verify')).toHaveCount(0);
  expect(await pictures(alice, { name: 'scan-other-address' })).toEqual([]);
  await page.getByTestId('card-do-not-trust').click();
});

test('the camera goes off with its tab, with the dialog and with the lock', async () => {
  const { page } = alice;
  writeCameraFilm(film, undefined);
  const live = page.locator('[data-testid="camera"][data-state="live"]');
  await openScanner(page);
  await live.waitFor();
  expect(await pictures(alice, { name: 'scan-camera' })).toEqual([]);
  await page.getByTestId('scan-way-picture').click();
  await expectCameraOff(page);
  await page.getByTestId('scan-way-camera').click();
  await live.waitFor();
  await page.keyboard.press('Escape');
  await expectCameraOff(page);
  await openScanner(page);
  await live.waitFor();
  // As the idle timer and the desktop's lock screen do it: from outside the dialog.
  alice = await lockedWindow(alice, () =>
    page.evaluate(() => document.querySelector<HTMLElement>('[data-testid="lock"]')?.click()),
  );
  // The page that had the camera is no more.
  await expect.poll(() => page.isClosed()).toBe(true);
  await watchCamera(alice.page);
  await unlockProfile(alice.page);
  await expect(alice.page.getByTestId('scan-dialog')).toHaveCount(0);
  expect(await cameraTracks(alice.page)).toEqual([]);
});

test('the camera goes off when the window is closed, and the page goes on unseen', async () => {
  const { app, page } = alice;
  await openScanner(page);
  await page.locator('[data-testid="camera"][data-state="live"]').waitFor();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await page.getByTestId('closing-hide').click();
  await expectCameraOff(page);
  await page.getByTestId('scan-dialog').waitFor({ state: 'detached' });
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
});

test('a picture of a code: plain, inverted, and small in a large photograph', async () => {
  const { page } = alice;
  await openScanner(page);
  const code = qrPicture(bob);
  const known = page.getByTestId('card-match');
  for (const picture of [
    placedOn(code, { width: 400, height: 400 }),
    inverted(placedOn(code, { width: 500, height: 500 })),
  ]) {
    await scanFile(page, png(pngFile(picture)));
    await known.waitFor();
  }
  const large = pngFile(inPhotograph(qrPicture(bobAddress()), { width: 6_000, height: 4_000 }));
  await scanFile(page, png(large));
  await expect(scanned('busy')).toHaveCount(1);
  await known.waitFor();
  expect(await pictures(alice, { name: 'scan-match' })).toEqual([]);
});

test('files that are no picture of a code say so', async () => {
  const { page } = alice;
  const problem = page.getByTestId('scan-problem');
  const blank = pngFile({ width: 300, height: 300, pixels: new Uint8Array(90_000).fill(180) });
  await scanFile(page, png(blank));
  await expect(problem).toContainText('No code');
  await scanFile(page, png(claimedPng({ width: 60_000, height: 60_000 })));
  await expect(problem).toContainText('too large');
  await scanFile(page, png(Buffer.from('this is no picture')));
  await expect(problem).toContainText('cannot be read');
  await scanFile(page, { name: 'song.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from('ID3') });
  await expect(problem).toContainText('Neither');
  await scanFile(page, { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.alloc(700_000, 'a') });
  await expect(problem).toContainText('Too large');
  await scanFile(page, png(pngFile(sideBySide(qrPicture(bob), qrPicture(carol)))));
  await expect(problem).toContainText('Several codes');
  expect(await pictures(alice, { name: 'scan-picture' })).toEqual([]);
});

test('a vCard and a text file are cards too', async () => {
  const { page } = alice;
  const { text } = await people.core.call('cards.vcard', { identityId: people.identities[2]!.id, name: 'Dan' });
  await scanFile(page, { name: 'dan.vcf', mimeType: 'text/vcard', buffer: Buffer.from(text) });
  await expect(page.getByTestId('card-name')).toHaveValue('Dan');
  await scanFile(page, { name: 'bob.txt', mimeType: 'text/plain', buffer: Buffer.from(`${bobAddress()}\n`) });
  await page.getByTestId('card-match').waitFor();
});

test('what is in the clipboard, by key and by button', async () => {
  const { page, app } = alice;
  await app.evaluate(({ clipboard }, text) => void clipboard.writeText(text), carol);
  await page.keyboard.press('Control+v');
  await expect(page.getByTestId('card-new')).toHaveAttribute('data-address', people.identities[1]!.address);
  await page.getByTestId('scan-again').click();
  const picture = join(alice.saveDirectory, 'clipboard.png');
  writeFileSync(picture, pngFile(placedOn(qrPicture(bob), { width: 500, height: 500 })));
  await app.evaluate((electron, path) => {
    const older = electron.clipboard as unknown as { writeImage(image: Electron.NativeImage): void };
    older.writeImage(electron.nativeImage.createFromPath(path));
  }, picture);
  await page.getByTestId('scan-way-picture').click();
  await page.getByTestId('scan-paste').click();
  await page.getByTestId('card-match').waitFor();
  await page.getByTestId('scan-again').click();
  await app.evaluate(({ clipboard }) => {
    clipboard.clear();
  });
  await page.getByTestId('scan-paste').click();
  await expect(page.getByTestId('scan-problem')).toContainText('No card in the clipboard');
});

test('a code on the screen, behind the window', async () => {
  const { page, app } = alice;
  await page.getByTestId('scan-way-screen').click();
  expect(await pictures(alice, { name: 'scan-screen' })).toEqual([]);
  await page.getByTestId('scan-screen').click();
  await page.getByTestId('crop').waitFor();
  const shown = `data:image/png;base64,${pngFile(placedOn(qrPicture(carol), { width: 600, height: 600, grey: 255 })).toString('base64')}`;
  await app.evaluate(async ({ BrowserWindow, screen }, url) => {
    const { bounds } = screen.getPrimaryDisplay();
    const behind = new BrowserWindow({ ...bounds, frame: false, show: false });
    await behind.loadURL(url);
    behind.showInactive();
    for (const window of BrowserWindow.getAllWindows()) if (window !== behind) window.moveTop();
  }, shown);
  await page.getByRole('button', { name: 'Take a new picture' }).click();
  await expect(page.getByTestId('card-new')).toHaveAttribute('data-address', people.identities[1]!.address);
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().every((window) => window.isVisible())),
  ).toBe(true);
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().startsWith('data:'))
      ?.destroy(),
  );
});

test('texts that are no card of one person are refused with the reason', async () => {
  const { page } = alice;
  const refused = page.getByTestId('card-refused');
  const onion = people.identities[2]!.address.split('@')[1]!;
  for (const [text, problem, addressProblem] of [
    ['https://example.com/somebody', 'not-a-card', undefined],
    ['WIFI:S:cafe;T:WPA;P:espresso;;', 'not-a-card', undefined],
    [`mailto:${bobAddress()},${people.identities[1]!.address}`, 'several-addresses', undefined],
    [`mailto:zoe@${onion}?fpr=1234`, 'fingerprint-invalid', undefined],
    ['bob@example.com', 'address-invalid', 'not-onion'],
    ['bob@abcdefgh.onion', 'address-invalid', 'length'],
  ] as const) {
    await scanText(page, text);
    await expect(refused).toHaveAttribute('data-problem', problem);
    if (addressProblem !== undefined) await expect(refused).toHaveAttribute('data-address-problem', addressProblem);
  }
  expect(await pictures(alice, { name: 'scan-refused' })).toEqual([]);
});

test('a vCard whose key its onion does not vouch for is refused', async () => {
  const { text } = await people.core.call('cards.vcard', { identityId: people.identities[2]!.id, name: 'Dan' });
  await scanText(alice.page, text.replaceAll(people.identities[2]!.address, people.identities[1]!.address));
  await expect(alice.page.getByTestId('card-refused')).toHaveAttribute('data-problem', 'key-not-certified');
});

test('one’s own card, and the way back to show it', async () => {
  const { page } = alice;
  await page.getByTestId('scan-show-own').click();
  const code = page.getByTestId('own-card').getByTestId('address-qr');
  const text = await code.getAttribute('data-text');
  expect(text).toMatch(/^mailto:alice@[a-z2-7]{56}\.onion\?fpr=[0-9A-F]{40}&code=[\w-]+$/u);
  await expect(page.getByTestId('card-identity')).toContainText('alice');
  expect(await pictures(alice, { name: 'own-card', shownAs: 'own-card' })).toEqual([]);
  await page.getByTestId('own-card-spell').click();
  await expect(page.getByTestId('spelling').locator('li')).toHaveCount(10);
  expect(await pictures(alice, { name: 'own-card-spelt' })).toEqual([]);
  await page.getByTestId('own-card-scan').click();
  await scanText(page, text!);
  await page.getByTestId('card-own').waitFor();
});

test('saved and printed cards have no one-time code and are read by other programs', async () => {
  const { page } = alice;
  await page.getByTestId('scan-show-own').click();
  await page.getByTestId('own-card-name').fill('Alice Liddell');
  const kept = (await page.getByTestId('own-card').getByTestId('address-qr').getAttribute('data-text'))!.replace(
    /&code=.*$/u,
    '',
  );
  const saved = (name: string) => join(alice.saveDirectory, name);
  for (const ending of ['png', 'svg', 'vcard'] as const) {
    await page.getByTestId('own-card-save').click();
    await page.getByTestId(`own-card-${ending}`).click();
    await page.getByTestId('toast').filter({ hasText: 'saved' }).last().waitFor();
  }
  await page.getByTestId('own-card-print').click();
  await expect.poll(() => readCode(rendered(saved('posthorn.pdf')))).toBe(kept);
  expect(readCode(saved('alice-card.png'))).toBe(kept);
  expect(readFileSync(saved('alice-card.svg'), 'utf8')).toContain('<svg');
  const vcard = readFileSync(saved('alice.vcf'), 'utf8');
  expect(vcard).toContain('FN:Alice Liddell');
  expect(vcard).toContain('KEY');
  await page.keyboard.press('Escape');
});

test('several people at a meeting, verified in one go', async () => {
  const { page } = alice;
  await openScanner(page);
  await page.getByTestId('scan-many').click();
  await scanFile(page, png(pngFile(sideBySide(qrPicture(bob), qrPicture(carol)))));
  await page.getByTestId('batch-row').nth(1).waitFor();
  await scanText(page, await cardOf(2));
  await scanText(page, 'https://example.com/');
  await expect(page.getByTestId('batch-row')).toHaveCount(4);
  await scanText(page, await cardOf(2));
  const dan = page.getByTestId('batch-row').filter({ hasText: 'dan' });
  await dan.getByTestId('batch-remove').click();
  await expect(page.getByTestId('batch-verify')).toContainText('one person');
  await dan.getByTestId('batch-remove').click();
  await page.getByText('I am fairly sure').click();
  await expect(page.getByTestId('certify-casual')).toBeChecked();
  expect(await pictures(alice, { name: 'scan-batch' })).toEqual([]);
  await page.getByTestId('batch-verify').click();
  await expect(page.locator('[data-testid="batch-row"][data-verified]')).toHaveCount(2);
  await expect(page.getByTestId('batch-row')).toHaveCount(4);
  await page.getByTestId('scan-close').click();
  await page.getByTestId('open-contacts').click();
  await expect(page.getByTestId('contact-row')).toHaveCount(4);
});

test('without a camera the scanner says what else there is', async () => {
  const { page } = alice;
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  await openScanner(page);
  await expect(page.getByTestId('camera-trouble')).toHaveAttribute('data-state', 'none');
  expect(await pictures(alice, { name: 'scan-no-camera' })).toEqual([]);
  await page.keyboard.press('Escape');
});

type Picture = ReturnType<typeof qrPicture>;

/** A code of a finger's width in the corner of something that is no plain colour. */
function inPhotograph(code: Picture, { width, height }: { readonly width: number; readonly height: number }): Picture {
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < pixels.length; at += 1)
    pixels[at] = 120 + ((((at % width) >> 5) * 7 + (Math.floor(at / width) >> 5) * 13) % 60);
  const scale = 6;
  for (let y = 0; y < code.height * scale; y += 1) {
    for (let x = 0; x < code.width * scale; x += 1)
      pixels[(3_100 + y) * width + 4_300 + x] =
        code.pixels[Math.floor(y / scale) * code.width + Math.floor(x / scale)]!;
  }
  return { width, height, pixels };
}

function sideBySide(left: Picture, right: Picture): Picture {
  const size = { width: 600, height: 600, grey: 255 };
  const [one, other] = [placedOn(left, size), placedOn(right, size)];
  const pixels = new Uint8Array(1_200 * 600);
  for (let y = 0; y < 600; y += 1) {
    pixels.set(one.pixels.subarray(y * 600, (y + 1) * 600), y * 1_200);
    pixels.set(other.pixels.subarray(y * 600, (y + 1) * 600), y * 1_200 + 600);
  }
  return { width: 1_200, height: 600, pixels };
}

/** What zbar reads in a picture. */
function readCode(path: string): string {
  return execFileSync('zbarimg', ['--quiet', '--raw', path], { encoding: 'utf8' }).trim();
}

/** The first page of a PDF as a picture. */
function rendered(path: string): string {
  const picture = `${path}.png`;
  execFileSync('gs', [
    '-q',
    '-dSAFER',
    '-dBATCH',
    '-dNOPAUSE',
    '-sDEVICE=pnggray',
    '-r200',
    `-sOutputFile=${picture}`,
    path,
  ]);
  return picture;
}
