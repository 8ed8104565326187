import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_COMMAND_OCTETS } from '../../domain/client-limits';
import { CommandCollector, type Collected } from './command-collector';

const collect = (collector: CommandCollector, text: string): unknown[] =>
  [...collector.push(Buffer.from(text, 'latin1'))].map(shown);

function shown(collected: Collected): unknown {
  if (!('parts' in collected)) return collected.kind;
  const parts = collected.parts.map((part) =>
    'text' in part ? part.text : { literal: Buffer.from(part.literal).toString('latin1'), isBinary: part.isBinary },
  );
  return collected.kind === 'command' ? parts : { refused: parts };
}

const takesAll = (): CommandCollector => new CommandCollector(() => true);

describe('commands out of octets', () => {
  it('end with their line, with CR or without', () => {
    expect(collect(takesAll(), 'a1 NOOP\r\na2 NOOP\n')).toEqual([['a1 NOOP'], ['a2 NOOP']]);
  });

  it('hold literals, for which the client waits or not', () => {
    expect(collect(takesAll(), 'a LOGIN {5}\r\nalice {3+}\r\npwd\r\n')).toEqual([
      'literal-awaited',
      ['a LOGIN ', { literal: 'alice', isBinary: false }, ' ', { literal: 'pwd', isBinary: false }, ''],
    ]);
    expect(collect(takesAll(), 'a APPEND x ~{3}\r\n\0\r\n\r\n')).toEqual([
      'literal-awaited',
      ['a APPEND x ', { literal: '\0\r\n', isBinary: true }, ''],
    ]);
  });

  it('take an empty literal', () => {
    expect(collect(takesAll(), 'a LOGIN {0}\r\n {0+}\r\n\r\n')).toEqual([
      'literal-awaited',
      ['a LOGIN ', { literal: '', isBinary: false }, ' ', { literal: '', isBinary: false }, ''],
    ]);
  });

  it('are the same however the octets are cut', () => {
    const whole = 'a1 SEARCH {4}\r\n{1}\r SUBJECT {2+}\r\n\r\n\r\na2 IDLE\r\nDONE\r\n';
    const expected = collect(takesAll(), whole);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 12 }), (cuts) => {
        const collector = takesAll();
        const places = [0, ...cuts.sort((one, other) => one - other), whole.length];
        const found = places.slice(1).flatMap((end, index) => collect(collector, whole.slice(places[index], end)));
        expect(found).toEqual(expected);
      }),
    );
  });

  it('lose a literal that is refused, and go on', () => {
    const collector = new CommandCollector(({ size }) => size < 10);
    expect(collect(collector, 'a APPEND INBOX {4294967296}\r\n')).toEqual([{ refused: ['a APPEND INBOX '] }]);
    expect(collect(collector, 'b NOOP\r\n')).toEqual([['b NOOP']]);
  });

  it('end where the client does not wait with a literal that is refused', () => {
    const collector = new CommandCollector(() => false);
    expect(collect(collector, 'a APPEND INBOX {10+}\r\n0123456789\r\nb NOOP\r\n')).toEqual(['too-large']);
    expect(collect(collector, 'c NOOP\r\n')).toEqual([]);
  });

  it('end where a line does not', () => {
    const collector = takesAll();
    const piece = 'x'.repeat(MAX_COMMAND_OCTETS / 2);
    expect(collect(collector, piece)).toEqual([]);
    expect(collect(collector, piece)).toEqual([]);
    expect(collect(collector, 'x')).toEqual(['too-large']);
  });
});
