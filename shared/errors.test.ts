import { describe, expect, it } from 'vitest';
import { fromWireError, toWireError } from './contract/answer-call';
import { ErrorReason, HoldReason, PosthornError, refused, TrustReason } from './errors';

describe('a refusal with several causes', () => {
  it('says which one it is, also on the other side of a port', () => {
    const error = refused('hold-refused', 'asked-already', 'This person was asked. Nothing was asked again.');
    const arrived = fromWireError(toWireError(error));
    expect(arrived).toBeInstanceOf(PosthornError);
    expect(arrived).toMatchObject({ code: 'hold-refused', reason: 'asked-already', message: error.message });
  });

  it('has no reason where a code has one cause', () => {
    expect(toWireError(new PosthornError('disk-full', 'The disk is full.'))).toEqual({
      code: 'disk-full',
      message: 'The disk is full.',
    });
  });

  it('belongs to one family', () => {
    expect(new Set(ErrorReason.options).size).toBe(HoldReason.options.length + TrustReason.options.length);
  });

  it('passes no reason on that is not in the list', () => {
    const odd = new PosthornError('hold-refused', 'No.', { reason: 'somebody@onion' as never });
    expect(toWireError(odd)).not.toHaveProperty('reason');
  });
});
