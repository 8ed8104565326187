import { coreContract } from '../../shared/core-contract';
import type { CoreContract } from '../../shared/core-contract';
import { CoreEvent } from '../../shared/core-events';
import { PosthornError } from '../../shared/errors';
import { RpcReply } from '../../shared/rpc-kit';
import type { RpcRequest } from '../../shared/rpc-kit';

type Method = keyof CoreContract;
type Waiting = { readonly method: Method; resolve(result: unknown): void; reject(error: PosthornError): void };

/** One MessagePort to the core, with the calls that wait on it. */
export type CoreConnection = {
  call(method: Method, params: unknown): Promise<unknown>;
  /** Fails every waiting call; nobody will answer them. */
  fail(): void;
};

const lost = () =>
  new PosthornError(
    'connection-closed',
    'Posthorn’s mail service stopped before it answered. It is being restarted; look whether the change was made.',
  );

const unreadable = (cause: unknown) =>
  new PosthornError('internal', 'The answer of the mail service could not be read.', { cause });

const settle = (waiting: Waiting, reply: Exclude<RpcReply, { kind: 'event' }>): void => {
  if (reply.kind === 'error') {
    const { code, message, retryAt } = reply.error;
    waiting.reject(new PosthornError(code, message, retryAt === undefined ? {} : { retryAt }));
    return;
  }
  const result = coreContract[waiting.method].result.safeParse(reply.result);
  if (result.success) waiting.resolve(result.data);
  else waiting.reject(unreadable(result.error));
};

/**
 * Speaks rpc-kit over a port. Every reply and every event is parsed by the contract before anybody sees it.
 * @param onEvent gets each event in the order in which the core sent it
 */
export const openConnection = (port: MessagePort, onEvent: (event: CoreEvent) => void): CoreConnection => {
  const pending = new Map<number, Waiting>();
  let nextId = 1;
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    const reply = RpcReply.safeParse(data);
    if (!reply.success) return;
    if (reply.data.kind === 'event') {
      const event = CoreEvent.safeParse(reply.data.event);
      if (event.success) onEvent(event.data);
      return;
    }
    const waiting = pending.get(reply.data.id);
    if (!waiting) return;
    pending.delete(reply.data.id);
    settle(waiting, reply.data);
  };
  return {
    call: (method, params) =>
      new Promise((resolve, reject) => {
        const request: RpcRequest = { kind: 'call', id: nextId++, method, params };
        pending.set(request.id, { method, resolve, reject });
        port.postMessage(request);
      }),
    fail: () => {
      const waiting = [...pending.values()];
      pending.clear();
      port.close();
      for (const one of waiting) one.reject(lost());
    },
  };
};
