import { signs } from '../web/person-signs';
import type { Palette, Sign } from '../web/person-signs';
import { lineOf, shownVouchings, strengthOf } from './scene';
import type { Line, Scene, Strength } from './scene';
import { kindWords } from '../web/kind-words';
import type { Person } from '../web/web';

const REFUSED = /[\u{0}-\u{1f}\u{d800}-\u{dfff}\u{fffe}\u{ffff}]/gu;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Text for XML 1.0: what it gives a meaning is escaped, control characters that it does not allow are left out. */
const xml = (text: string): string => text.replace(REFUSED, '').replace(/[&<>"]/gu, (letter) => escapes[letter] ?? '');
const n = (value: number): string => String(Math.round(value * 10) / 10);

const strengths: Readonly<Record<Strength, { readonly width: number; readonly opacity: number }>> = {
  faint: { width: 0.8, opacity: 0.14 },
  counts: { width: 1, opacity: 0.3 },
  branch: { width: 1.3, opacity: 0.55 },
};

/**
 * The whole picture as an SVG 1.1 file with the names as text, as large as the layout; the same as on the screen when
 * everything is lit.
 */
export const svgOf = (scene: Pick<Scene, 'web' | 'layout' | 'palette' | 'shown'>, title: string): string => {
  const { web, layout, palette, shown } = scene;
  const half = layout.radius + 70;
  const box = `${n(-half)} ${n(-half)} ${n(2 * half)} ${n(2 * half)}`;
  const people = web.people.filter(({ at }) => shown.has(at));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${n(2 * half)}" height="${n(2 * half)}" font-family="Inter, system-ui, sans-serif" font-size="12" text-anchor="middle">`,
    `<title>${xml(title)}</title>`,
    `<rect x="${n(-half)}" y="${n(-half)}" width="100%" height="100%" fill="${palette.surface}"/>`,
    ...layout.rings.map(
      ({ radius, distance }) =>
        `<circle r="${n(radius)}" fill="none" stroke="${palette.ring}"${distance === undefined ? ' stroke-dasharray="2 5"' : ''}/>`,
    ),
    ...linesOf(scene),
    ...[...people].reverse().map((person) => personOf(person, scene)),
    '</svg>',
    '',
  ].join('\n');
};

const linesOf = (scene: Pick<Scene, 'web' | 'layout' | 'palette' | 'shown'>): string[] => {
  const groups: Record<Strength, string[]> = { faint: [], counts: [], branch: [] };
  for (const vouching of shownVouchings(scene)) {
    const strength = strengthOf(scene.web, vouching);
    groups[strength].push(pathData(lineOf(scene.layout, vouching, strength)));
  }
  return (['faint', 'counts', 'branch'] as const).map((strength) => {
    const { width, opacity } = strengths[strength];
    const paths = groups[strength].map((d) => `<path d="${d}"/>`);
    return `<g fill="none" stroke="${scene.palette.soft}" stroke-width="${String(width)}" stroke-opacity="${String(opacity)}">${paths.join('')}</g>`;
  });
};

const pathData = ({ from, to, bend }: Line): string =>
  bend === undefined
    ? `M${n(from.x)} ${n(from.y)}L${n(to.x)} ${n(to.y)}`
    : `M${n(from.x)} ${n(from.y)}C${n(bend[0].x)} ${n(bend[0].y)} ${n(bend[1].x)} ${n(bend[1].y)} ${n(to.x)} ${n(to.y)}`;

const personOf = (person: Person, { layout, palette }: Pick<Scene, 'layout' | 'palette'>): string => {
  const { x, y } = layout.places[person.at] ?? { x: 0, y: 0 };
  const sign = signs[person.kind];
  const ring = person.introduces
    ? `<circle r="${n(sign.radius + 3.2)}" fill="none" stroke="${palette[sign.colour]}" stroke-width="1.25"/>`
    : '';
  const text = `<text y="${n(sign.radius + 14)}" fill="${person.at === 0 ? palette.text : palette.soft}" stroke="${palette.surface}" stroke-width="3" paint-order="stroke">${xml(person.label)}</text>`;
  return `<g transform="translate(${n(x)} ${n(y)})"><title>${xml(`${person.name}: ${kindWords[person.kind]}`)}</title>${ring}${signMarkup(sign, palette)}${text}</g>`;
};

const signMarkup = ({ outline, filled, mark, colour, radius }: Sign, palette: Palette): string => {
  const ink = palette[colour];
  const shape = `<path d="${outline}" fill="${filled ? ink : palette.surface}" stroke="${filled ? palette.surface : ink}" stroke-width="0.22"/>`;
  const inner =
    mark === undefined ? '' : `<path d="${mark}" fill="none" stroke="${palette.surface}" stroke-width="0.2"/>`;
  return `<g transform="scale(${n(radius)})" stroke-linecap="round" stroke-linejoin="round">${shape}${inner}</g>`;
};
