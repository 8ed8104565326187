import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentIcon, drawnType } from './attachments/attachment-kind';
import { isDrawableHtml } from './html/drawable-html';
import { frameDocument } from './html/frame-document';
import { safeStyle } from '../../../shared/html/style-policy';
import { contentIdOf } from '../../../shared/html/content-id';
import { splitLinks } from './text/split-links';
import { linkTarget } from '../../../shared/link/link-target';
import { splitQuotes } from '../../../shared/text/split-quotes';

/** Texts out of the pieces of which attacks are made, in any order and any case. */
const attack = fc
  .array(
    fc.constantFrom(
      ...'javascript: vbscript: data: blob: https:// http:// mailto: cid: // / \\ @ : ; ( ) { } < > " \' url( expression( '.split(
        ' ',
      ),
      ...[
        'java\tscript:',
        '\u0000',
        '\u200b',
        '\u00a0',
        ' ',
        '\n',
        '/*',
        '*/',
        '\\75',
        'color',
        'position',
        'margin',
        '-9px',
      ],
      ...['a.example', 'x', '%', '%00', '%E0%A4%A', '&#x6a;', '> ', '-- \n', '\r\n'],
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

describe('whatever a peer wrote', () => {
  it('makes a link only to the web or to a mail program', () => {
    fc.assert(
      fc.property(attack, (text) => {
        const target = linkTarget(text);
        if (target !== undefined) expect(['http:', 'https:', 'mailto:']).toContain(new URL(target).protocol);
      }),
      { numRuns: 3_000 },
    );
  });

  it('keeps a style that a browser reads as we did: declarations of known properties, without a load', () => {
    fc.assert(
      fc.property(attack, attack, (one, other) => {
        const style = safeStyle(`color: ${one}; ${other}`);
        expect(style).not.toMatch(/url\s*\(|expression|@|\\|\/\*|[{}<>]/iu);
        for (const declaration of style.split('; ').filter((part) => part !== ''))
          expect(declaration).toMatch(/^[a-z-]+: \S/u);
        expect(safeStyle(style)).toBe(style);
      }),
      { numRuns: 3_000 },
    );
  });

  it('names no picture but one that came with the message', () => {
    fc.assert(
      fc.property(attack, (text) => {
        if (!/^\s*c\s*i\s*d\s*:/iu.test(text.replaceAll(/[\p{Cc}\p{Cf}\p{Z}]/gu, '')))
          expect(contentIdOf(text)).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('is whole once it is cut into links and text', () => {
    fc.assert(
      fc.property(attack, (text) => {
        expect(
          splitLinks(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses no line when it is cut into quotes', () => {
    fc.assert(
      fc.property(attack, (text) => {
        const lines = (some: string): string[] => some.split('\n').filter((line) => line.trim() !== '');
        const whole = text.replaceAll('\r\n', '\n');
        expect(splitQuotes(text).flatMap((block) => lines(block.text))).toEqual(lines(whole));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('HTML that would freeze the window', () => {
  it('is told from a newsletter by its tags and its length', () => {
    expect(isDrawableHtml('<td>'.repeat(20_000))).toBe(true);
    expect(isDrawableHtml('<i>'.repeat(25_001))).toBe(false);
    expect(isDrawableHtml('x'.repeat(3_000_000))).toBe(true);
    expect(isDrawableHtml('x'.repeat(3_000_001))).toBe(false);
  });
});

describe('the document of the reading frame', () => {
  const html = frameDocument('<p>Hello</p>');

  it('loads nothing but what the message brought, and runs nothing', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1] ?? '';
    expect(policy.split('; ')).toEqual(["default-src 'none'", 'img-src blob: data:', "style-src 'unsafe-inline'"]);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.search(/<body\b/u));
    expect(html).not.toMatch(/<script|<base|<link|http-equiv="refresh"/iu);
  });

  it('holds the message once, and says nothing of its language', () => {
    expect(html.split('<p>Hello</p>')).toHaveLength(2);
    expect(html).toContain('<html lang="">');
  });
});

describe('an attachment', () => {
  it.each(['image/png', 'IMAGE/PNG; name="a.png"', ' image/webp '])('of type %j may be drawn', (type) => {
    expect(drawnType(type)).toMatch(/^image\/(png|webp)$/u);
  });

  it.each(['image/svg+xml', 'image/svg', 'text/html', 'application/pdf', 'image/png,text/html', ''])(
    'of type %j is only saved',
    (type) => {
      expect(drawnType(type)).toBeUndefined();
    },
  );

  it('has an icon, whatever it claims to be', () => {
    const icons = [
      'image/png',
      'audio/ogg',
      'video/mp4',
      'application/pgp-keys',
      'application/zip',
      'text/csv',
      'text/plain',
      'x',
    ];
    expect(new Set(icons.map(attachmentIcon)).size).toBe(icons.length);
    fc.assert(
      fc.property(fc.string(), (type) => {
        expect(attachmentIcon(type)).toBeDefined();
      }),
    );
  });
});
