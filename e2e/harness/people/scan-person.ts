import type { Page } from 'playwright';
import { expect } from 'playwright/test';

declare global {
  interface Window {
    /** Every camera stream that the page was ever given, oldest first. */
    cameraStreams: MediaStream[];
  }
}

/** Notes every stream that the page gets from now on. */
export async function watchCamera(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.cameraStreams = [];
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      window.cameraStreams.push(stream);
      return stream;
    };
  });
}

/** What became of all tracks of all streams: `video live`, `video ended`, and never `audio …`. */
export function cameraTracks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.cameraStreams.flatMap((stream) => stream.getTracks().map(({ kind, readyState }) => `${kind} ${readyState}`)),
  );
}

/** Waits until every camera that was opened is off. */
export async function expectCameraOff(page: Page): Promise<void> {
  await expect.poll(async () => [...new Set(await cameraTracks(page))]).toEqual(['video ended']);
}

/** Opens the scanner from the rail; the camera is its first way. */
export async function openScanner(page: Page): Promise<void> {
  await page.getByTestId('open-scan').click();
  await page.getByTestId('scan-dialog').waitFor();
}

/** Hands a text to the open scanner. */
export async function scanText(page: Page, text: string): Promise<void> {
  if ((await page.getByTestId('scan-again').count()) > 0) await page.getByTestId('scan-again').click();
  await page.getByTestId('scan-way-text').click();
  await page.getByTestId('scan-text').fill(text);
  await page.getByTestId('scan-text-read').click();
}

/** Hands a file to the open scanner. */
export async function scanFile(
  page: Page,
  file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer },
): Promise<void> {
  if ((await page.getByTestId('scan-again').count()) > 0) await page.getByTestId('scan-again').click();
  await page.getByTestId('scan-way-picture').click();
  await page.getByTestId('scan-file').setInputFiles(file);
}
