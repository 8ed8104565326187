import { readdirSync, readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { isolated, withoutTurns } from '../../shared/text/text-direction';
import { PeerText } from './PeerText';

const TURNING = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];

describe('what a peer wrote', () => {
  it('runs in its own direction and turns nothing beside it', () => {
    expect(renderToStaticMarkup(<PeerText text={'Rechnung \u202efdp.exe'} />)).toBe(
      '<bdi dir="auto">Rechnung fdp.exe</bdi>',
    );
    expect(renderToStaticMarkup(<PeerText text={'one\u2029two\nthree'} />)).toContain('one two three');
  });

  it.each(TURNING)('has no %j left to turn by', (mark) => {
    expect(withoutTurns(`a${mark}b`)).toBe('ab');
    expect(isolated(`a${mark}b`)).toBe('ab');
  });

  it('is isolated within a sentence when it runs from right to left, and as it was otherwise', () => {
    expect(isolated('שלום')).toBe('\u2068שלום\u2069');
    expect(isolated('مرحبا\u202e')).toBe('\u2068مرحبا\u2069');
    expect(isolated('Zoë Müller 李')).toBe('Zoë Müller 李');
    expect(isolated('a\u200fb')).toBe('\u2068a\u200fb\u2069');
  });

  it('keeps what joins letters and signs', () => {
    expect(isolated('👨‍👩‍👧')).toBe('👨‍👩‍👧');
    expect(withoutTurns('می‌خواهم')).toBe('می‌خواهم');
  });
});

/** Expressions among the words of a component, and in the attributes that are read or shown. */
const SHOWN = /(?:>\s*|(?:aria-label|label|title|alt|text|placeholder|description)=)\{((?:[^{}]|\$\{[^{}]*\})*)\}/gu;
const OF_PEERS = /\b(?:subject|preview|filename)\b/u;
const KEPT_APART = /isolated\(|onOneLine\(/u;

describe('every component', () => {
  const files = readdirSync('renderer', { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.test)\.tsx$/u.test(path),
  );
  const sources = files.map((path) => [path, readFileSync(`renderer/${path}`, 'utf8')] as const);

  it('shows what peers wrote kept apart', () => {
    expect(sources.length).toBeGreaterThan(150);
    const offences = sources.flatMap(([path, source]) =>
      [...source.replaceAll(/<PeerText\s+(?:cut\s+)?text=\{[^{}]*\}/gu, '').matchAll(SHOWN)]
        .filter(([, words = '']) => OF_PEERS.test(words) && !KEPT_APART.test(words))
        .map(([found]) => `${path}: ${found}`),
    );
    expect(offences).toEqual([]);
  });

  it('calls people by a name that is kept apart', () => {
    const offences = sources.filter(([, source]) => /name \|\| localPartOf/u.test(source)).map(([path]) => path);
    expect(offences).toEqual([]);
  });

  it('would be found', () => {
    expect('<p>{message.subject}</p><i title={`x ${file.filename}`} />'.match(SHOWN)).toHaveLength(2);
  });
});
