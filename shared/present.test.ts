import { describe, expect, expectTypeOf, test } from 'vitest';
import { present } from './present';

const maybe = (value?: string): string | undefined => value;

describe('present', () => {
  test('leaves out what is undefined, so that the key is not there at all', () => {
    const fields = present({ name: maybe(), note: maybe('hello') });
    expect(Object.keys(fields)).toEqual(['note']);
    expect('name' in fields).toBe(false);
  });

  test('keeps every other value, empty and false ones too', () => {
    const values = { none: null, no: false, zero: 0, empty: '', list: [], nan: Number.NaN };
    expect(present(values)).toEqual(values);
  });

  test('keeps the keys in their order and copies', () => {
    const given = { b: 1, a: maybe(), c: 2 };
    const fields = present(given);
    expect(Object.keys(fields)).toEqual(['b', 'c']);
    expect(fields).not.toBe(given);
  });

  test('does not look into what it keeps', () => {
    expect(Object.keys(present({ inner: { name: undefined } }).inner)).toEqual(['name']);
  });

  test('overwrites nothing where it is spread', () => {
    expect({ name: 'former', ...present({ name: maybe() }) }).toEqual({ name: 'former' });
  });
});

describe('its type', () => {
  test('makes optional what may be undefined, and leaves the rest required', () => {
    const fields = present({ id: 1, name: maybe(), note: null as string | null });
    expectTypeOf(fields).toEqualTypeOf<{ id: number; note: string | null; name?: string }>();
  });

  test('fits an object with exact optional properties, which an undefined value does not', () => {
    type Contact = { readonly id: number; readonly name?: string };
    expectTypeOf(present({ id: 1, name: maybe() })).toExtend<Contact>();
    expectTypeOf<{ id: number; name: string | undefined }>().not.toExtend<Contact>();
  });

  test('reads optional keys as optional', () => {
    const change: { seen?: boolean; flagged: boolean } = { flagged: true };
    expectTypeOf(present(change)).toEqualTypeOf<{ seen?: boolean; flagged: boolean }>();
  });
});
