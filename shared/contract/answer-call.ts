import { PosthornError, WireError } from '../errors';
import { present } from '../present';
import type { Contract, HandlersOf } from './rpc-kit';

/** What a call came to: its result, or an error in the form that may cross a process border. */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: WireError };

export type CallToAnswer<C extends Contract> = {
  readonly contract: C;
  readonly handlers: HandlersOf<C>;
  readonly method: string;
  readonly params: unknown;
  /** Told of what the contract does not foresee (answered as `internal`), so that it can be counted or looked into. */
  readonly onFault?: (error: unknown) => void;
};

/**
 * Answers one call that came over a process border: looks its method up, parses its parameters, runs its handler.
 * Never throws; a method that is not in the contract and parameters that do not fit it are `invalid-call`.
 */
export async function answerCall<C extends Contract>(call: CallToAnswer<C>): Promise<Answer> {
  try {
    return { ok: true, result: await run(call) };
  } catch (error) {
    if (!(error instanceof PosthornError)) call.onFault?.(error);
    return { ok: false, error: toWireError(error) };
  }
}

/**
 * The wire form of anything thrown. What is not a `PosthornError` may quote mail or paths, so none of it is passed on.
 */
export function toWireError(error: unknown): WireError {
  if (!(error instanceof PosthornError)) return internal;
  const wire = WireError.safeParse({
    code: error.code,
    message: error.message.slice(0, 500),
    ...present({ reason: error.reason, retryAt: error.retryAt && Math.round(error.retryAt) }),
  });
  return wire.success ? wire.data : internal;
}

/** The error that a caller throws for a wire error it was given. */
export function fromWireError(wire: WireError): PosthornError {
  return new PosthornError(wire.code, wire.message, present({ reason: wire.reason, retryAt: wire.retryAt }));
}

const internal: WireError = {
  code: 'internal',
  message: 'Posthorn ran into a fault of its own. Your mail is unchanged; please try again.',
};

async function run<C extends Contract>({ contract, handlers, method, params }: CallToAnswer<C>): Promise<unknown> {
  const schema = Object.hasOwn(contract, method) ? contract[method] : undefined;
  const handler = Object.hasOwn(handlers, method) ? handlers[method as keyof C] : undefined;
  if (schema === undefined || handler === undefined) {
    throw new PosthornError(
      'invalid-call',
      'This version of Posthorn does not know what was asked of it. Nothing was changed.',
    );
  }
  const parsed = isPlainObject(params) ? schema.params.safeParse(params) : undefined;
  if (!parsed?.success) {
    throw new PosthornError(
      'invalid-call',
      'What was asked of Posthorn was incomplete or out of range. Nothing was changed.',
    );
  }
  return await handler(parsed.data as Parameters<typeof handler>[0]);
}

/** A port can carry Maps, Dates and arrays too, whose own properties (a Map's `size`) must not pass for parameters. */
function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
