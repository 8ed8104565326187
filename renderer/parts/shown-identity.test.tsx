import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Field } from '../ui/fields/Field';
import { ProgressBar } from '../ui/ProgressBar';
import { addressOf } from '../testing/sample-mail';
import { FingerprintGroups } from './FingerprintGroups';
import { FullAddress } from './FullAddress';

const textOf = (html: string): string => html.replaceAll(/<[^>]*>/gu, '');

describe('what people compare', () => {
  it('is a whole address without a gap in it, so that a copy is right', () => {
    const address = addressOf('bob');
    expect(textOf(renderToStaticMarkup(<FullAddress address={address} />))).toBe(address);
  });

  it('is a fingerprint in ten groups of four', () => {
    const fingerprint = '0123456789ABCDEF0123456789ABCDEF01234567';
    const groups = [
      ...renderToStaticMarkup(<FingerprintGroups fingerprint={fingerprint} />).matchAll(/<span>(\w+)</gu),
    ];
    expect(groups.map(([, group]) => group)).toEqual(fingerprint.match(/.{4}/gu));
  });
});

describe('a field of a form', () => {
  const field = (words: { hint?: string; error?: string; hideLabel?: boolean }): string =>
    renderToStaticMarkup(
      <Field label="Name" {...words}>
        {(attributes) => <input {...attributes} />}
      </Field>,
    );
  const idOf = (html: string, attribute: string): string | undefined =>
    new RegExp(` ${attribute}="([^"]*)"`, 'u').exec(html)?.[1];

  it('has a label that belongs to it, also one that only a screen reader says', () => {
    for (const html of [field({}), field({ hideLabel: true })]) {
      expect(idOf(html, 'for')).toBe(/<input id="([^"]*)"/u.exec(html)?.[1]);
      expect(textOf(html)).toBe('Name');
    }
  });

  it('is described by its hint, and by its error alone when there is one', () => {
    const hinted = field({ hint: 'As on the card.' });
    expect(hinted).toContain(`<p id="${idOf(hinted, 'aria-describedby') ?? ''}"`);
    expect(hinted).not.toContain('aria-invalid');
    const wrong = field({ hint: 'As on the card.', error: 'Too long.' });
    expect(wrong).toContain('aria-invalid="true"');
    expect(wrong).toContain('role="alert"');
    expect(textOf(wrong)).toBe('NameToo long.');
  });

  it('is described by nothing when there is nothing to say', () => {
    expect(field({})).not.toContain('aria-describedby');
  });
});

describe('a bar of progress', () => {
  it('tells how far it is, or only that something happens', () => {
    expect(renderToStaticMarkup(<ProgressBar value={40} label="Sending" />)).toContain('width:40%');
    expect(renderToStaticMarkup(<ProgressBar value={null} label="Sending" />)).not.toContain('width');
  });
});
