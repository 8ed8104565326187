import { describe, expect, it } from 'vitest';
import { readOutsideHeader } from './outside-header';

const read = (...lines: string[]) =>
  readOutsideHeader({
    octets: Buffer.from([...lines, '', 'body'].join('\r\n'), 'latin1'),
    resultsOf: 'mx.example.org',
  });
const words = (...lines: string[]) => read(...lines).verdicts?.words;

describe('the header of a message from outside', () => {
  it('says what the operator’s own server found, and nobody else', () => {
    expect(words('Authentication-Results: mx.example.org; dkim=pass header.d=example.com')).toEqual([
      'DKIM pass (example.com)',
    ]);
    expect(words('Authentication-Results: evil.example; dkim=pass header.d=bank.example')).toBeUndefined();
    expect(words('Authentication-Results: mx.example.org.evil.example; dkim=pass')).toBeUndefined();
    expect(words('Authentication-Results: evil (; mx.example.org; dkim=pass')).toBeUndefined();
    expect(words('X: y', '', 'Authentication-Results: mx.example.org; dkim=pass')).toBeUndefined();
  });

  it('takes nothing out of a comment, a result that is none, or a second field', () => {
    expect(
      words('Authentication-Results: mx.example.org; spf=fail (spf=pass; dkim=pass (x)) smtp.mailfrom=a@b.example'),
    ).toEqual(['SPF fail (b.example)']);
    expect(words('Authentication-Results: mx.example.org; dkim=great; spf=pass<b>')).toEqual(['SPF pass']);
    expect(
      words('Authentication-Results: mx.example.org; spf=fail', 'Authentication-Results: mx.example.org; spf=pass'),
    ).toEqual(['SPF fail']);
    expect(words('Authentication-Results: mx.example.org; none')).toEqual([]);
  });

  it.each([
    ['a result in the name of a mailbox', '"x; dmarc=pass header.from=bank.example"@evil.example', 'evil.example'],
    ['a domain in the name of a mailbox', '"bank.example"@evil.example', 'evil.example'],
    ['a domain in front of a sign', 'bank.example#x@evil.example', 'evil.example'],
    ['a parenthesis in the name of a mailbox', '"("@evil.example', 'evil.example'],
  ])('is not misled by %s', (_what, sender, domain) => {
    expect(words(`Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=${sender}; dmarc=fail`)).toEqual([
      `SPF pass (${domain})`,
      'DMARC fail',
    ]);
  });

  it('counts where it has been, and tells a program from a person', () => {
    expect(read('Received: a', 'received: b', ' from c', 'Auto-Submitted: auto-replied')).toMatchObject({
      received: 2,
      isAutomatic: true,
    });
    expect(read('Auto-Submitted: no (a person)').isAutomatic).toBe(false);
  });
});
