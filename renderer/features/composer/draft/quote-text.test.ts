import { describe, expect, it } from 'vitest';
import { MessageDetail } from '../../../../shared/message';
import { prefixedSubject, quoteForForward, quoteForReply } from './quote-text';

const bob = `bob@${'a'.repeat(56)}.onion`;
const alice = `alice@${'b'.repeat(56)}.onion`;
const message = MessageDetail.parse({
  summary: {
    id: crypto.randomUUID(),
    identityId: crypto.randomUUID(),
    mailboxId: crypto.randomUUID(),
    folder: 'inbox',
    sequence: 1,
    threadId: 't',
    from: bob,
    to: [alice],
    cc: [],
    subject: 'Walk',
    preview: '',
    date: Date.UTC(2026, 10, 21, 20, 59),
    storedAt: 1,
    orderedAt: 1,
    seen: true,
    flagged: false,
    answered: false,
    attachmentCount: 0,
    size: 1,
    protection: 'verified',
    protectionReason: 'ok',
    deliveries: [],
  },
  bcc: [],
  text: 'At ten?\n\n> earlier\n',
  attachments: [],
});

describe('quotes', () => {
  it('puts > before each line of an answer, and the time in UTC', () => {
    expect(quoteForReply(message)).toBe(
      `\n\nOn Sat, 21 Nov 2026, 20:59 UTC, ${bob} wrote:\n> At ten?\n>\n>> earlier\n`,
    );
  });

  it('leaves the signature out of an answer, and what is behind it in', () => {
    const text = 'Yes.\n-- \nBob\nBaker Street\n\nAlice wrote:\n> Tea?\n';
    expect(quoteForReply({ ...message, text })).toMatch(/wrote:\n> Yes\.\n> Alice wrote:\n>> Tea\?\n$/u);
    expect(quoteForForward({ ...message, text })).toContain('Baker Street');
  });

  it('names who wrote what it forwards', () => {
    expect(quoteForForward(message)).toContain(
      `From: ${bob}\nDate: Sat, 21 Nov 2026, 20:59 UTC\nSubject: Walk\nTo: ${alice}\n\nAt ten?`,
    );
  });

  it.each([
    ['Re', 'Walk', 'Re: Walk'],
    ['Re', 'Re: RE: AW: Walk', 'Re: Walk'],
    ['Fwd', 'Re: Walk', 'Fwd: Re: Walk'],
    ['Fwd', 'Fw: Walk', 'Fwd: Walk'],
  ] as const)('%s of %j', (prefix, subject, expected) => {
    expect(prefixedSubject(prefix, subject)).toBe(expected);
  });

  it('hand on nothing that turns the direction of words, and leave what is spelt with joiners', () => {
    const text = 'Rechnung \u202efdp.exe\u2066\nمی\u200cخواهم\n> \u202bold\n';
    const turned = { ...message, text, summary: { ...message.summary, subject: 'A\u202eb\u2029c\nd' } };
    for (const written of [quoteForReply(turned), quoteForForward(turned), prefixedSubject('Re', 'A\u202eb\u2067c')])
      expect(written).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u2029]/u);
    expect(quoteForReply(turned)).toContain('> Rechnung fdp.exe\n> می\u200cخواهم\n>> old\n');
    expect(quoteForForward(turned)).toContain('Subject: Ab c d\n');
    expect(prefixedSubject('Re', '\u202eRe: Walk')).toBe('Re: Walk');
  });
});
