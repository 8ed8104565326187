import { describe, expect, it } from 'vitest';
import { entityAt, type ServedEntity } from './served-entity';

/** An entity that its number in `header` tells from others. */
const leaf = (name: number, more: Partial<ServedEntity> = {}): ServedEntity => ({
  header: { from: name, to: name },
  body: { from: name, to: name },
  encoding: '7bit',
  ...more,
});

/** The message of RFC 9051 6.4.5.1; its entities have the numbers of its parts. */
const example = leaf(0, {
  parts: [
    leaf(1),
    leaf(2),
    leaf(3, { message: leaf(30, { parts: [leaf(31), leaf(32)] }) }),
    leaf(4, {
      parts: [
        leaf(41),
        leaf(42, { message: leaf(420, { parts: [leaf(421), leaf(422, { parts: [leaf(4221), leaf(4222)] })] }) }),
      ],
    }),
  ],
});

describe('the part with a number', () => {
  it.each([
    [[1], 1],
    [[3], 3],
    [[3, 1], 31],
    [[3, 2], 32],
    [[4], 4],
    [[4, 1], 41],
    [[4, 2], 42],
    [[4, 2, 1], 421],
    [[4, 2, 2], 422],
    [[4, 2, 2, 1], 4221],
    [[4, 2, 2, 2], 4222],
  ])('%j is that of RFC 9051', (numbers, name) => {
    expect(entityAt(example, numbers)?.entity.header.from).toBe(name);
  });

  it.each([[[5]], [[1, 1]], [[3, 3]], [[4, 1, 1]], [[4, 2, 2, 3]], [[1, 2]], [[4_294_967_295]]])(
    '%j is not there',
    (numbers) => {
      expect(entityAt(example, numbers)).toBeUndefined();
    },
  );

  it('is the message itself without a number', () => {
    expect(entityAt(example, [])).toEqual({ entity: example, isWhole: true });
  });

  it('is its text for what has no parts', () => {
    const text = leaf(7);
    expect(entityAt(text, [1])).toEqual({ entity: text, isWhole: false });
    expect([entityAt(text, [2]), entityAt(text, [1, 1])]).toEqual([undefined, undefined]);
  });

  it('goes through messages that are nothing but a message', () => {
    const inner = leaf(3);
    const middle = leaf(2, { message: inner });
    const outer = leaf(1, { message: middle });
    expect([[1], [1, 1], [1, 1, 1]].map((numbers) => entityAt(outer, numbers)?.entity)).toEqual([outer, middle, inner]);
    expect(entityAt(outer, [1, 1, 1, 1])).toBeUndefined();
  });
});
