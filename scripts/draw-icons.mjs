#!/usr/bin/env node
/**
 * `node scripts/draw-icons.mjs`: draws the pictures for the desktop's panel, assets/tray/*.png, from the SVG beside
 * them, for screens with one and with two pixels to a point. Needs Chromium (Debian: apt-get install chromium).
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { main, root, say } from './terminal.mjs';

const folder = join(root, 'assets/tray');
const points = 22;

await main(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    for (const scale of [1, 2]) await drawAll(await browser.newPage({ deviceScaleFactor: scale }), scale);
  } finally {
    await browser.close();
  }
});

async function drawAll(page, scale) {
  await page.setViewportSize({ width: points, height: points });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.svg'))) {
    const svg = readFileSync(join(folder, name), 'utf8');
    await page.setContent(`<body style="margin:0">${svg}<style>svg{display:block}</style>`);
    const file = `${name.slice(0, -'.svg'.length)}-${points * scale}.png`;
    writeFileSync(join(folder, file), await page.screenshot({ omitBackground: true }));
    say(`draw-icons: ${file}`);
  }
}
