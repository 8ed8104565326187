import { z } from 'zod';
import { WireError } from '../errors';

/** One callable: its parameters and its result, both checked where they cross a process border. */
export type MethodSchema = { readonly params: z.ZodType; readonly result: z.ZodType };

/** A table of methods: the whole surface of one interface. */
export type Contract = Readonly<Record<string, MethodSchema>>;

export type ParamsOf<C extends Contract, M extends keyof C> = z.input<C[M]['params']>;
export type ParsedParamsOf<C extends Contract, M extends keyof C> = z.output<C[M]['params']>;
export type ResultOf<C extends Contract, M extends keyof C> = z.output<C[M]['result']>;

/** The functions that answer a contract, one per method, with parsed parameters. */
export type HandlersOf<C extends Contract> = {
  readonly [M in keyof C]: (params: ParsedParamsOf<C, M>) => Promise<ResultOf<C, M>> | ResultOf<C, M>;
};

/** A client of a contract: resolves with the result or rejects with a `PosthornError`. */
export type CallOf<C extends Contract> = <M extends keyof C & string>(
  method: M,
  params: ParamsOf<C, M>,
) => Promise<ResultOf<C, M>>;

/** Declares one method of a contract. */
export const method = <P extends z.ZodType, R extends z.ZodType>(params: P, result: R): { params: P; result: R } => ({
  params,
  result,
});

export const RpcRequest = z.strictObject({
  kind: z.literal('call'),
  id: z.number().int().nonnegative(),
  method: z.string().max(100),
  params: z.unknown(),
});
export type RpcRequest = z.infer<typeof RpcRequest>;

export const RpcReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id: z.number().int().nonnegative(), result: z.unknown() }),
  z.strictObject({ kind: z.literal('error'), id: z.number().int().nonnegative(), error: WireError }),
  z.strictObject({ kind: z.literal('event'), event: z.unknown() }),
]);
export type RpcReply = z.infer<typeof RpcReply>;

/** Raw octets. Over a MessagePort they are cloned; over a JSON socket they travel as `{"$base64": "..."}`. */
export const Bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
