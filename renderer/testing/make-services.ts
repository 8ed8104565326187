import 'fake-indexeddb/auto';
import { answerCall } from '../../shared/contract/answer-call';
import type { CoreContract } from '../../shared/contract/core-contract';
import { coreContract } from '../../shared/contract/core-contract';
import type { CoreEvent } from '../../shared/contract/core-events';
import type { WireError } from '../../shared/errors';
import { RpcClient } from '../../shared/contract/rpc-client';
import type { RpcLine } from '../../shared/contract/rpc-client';
import type { Contract, HandlersOf, RpcRequest } from '../../shared/contract/rpc-kit';
import type { ShellContract } from '../../shared/contract/shell-contract';
import { shellContract } from '../../shared/contract/shell-contract';
import { createShellClient } from '../bridge/shell-client';
import { openMirror } from '../mirror/mirror-database';
import type { Services } from '../state/services';

/** What the other side answers; a method that is not in it is refused as `invalid-call`. */
export type Answers = {
  readonly core?: Partial<HandlersOf<CoreContract>>;
  readonly shell?: Partial<HandlersOf<ShellContract>>;
};

export type TestServices = {
  readonly services: Services;
  /** Every call that left the window, in its order, and what it said: `['messages.move', {...}]`. */
  readonly calls: readonly (readonly [method: string, params: unknown])[];
  /** Tells the window of something, as the core does. */
  readonly tell: (event: CoreEvent) => void;
};

/**
 * Services over the real clients and the real contracts, with a test in the place of the core and the desktop: a call
 * that the core would refuse is refused here, and so is an answer that it could not give. The mirror is a real one.
 */
export const makeServices = ({ core = {}, shell = {} }: Answers = {}): TestServices => {
  const calls: (readonly [string, unknown])[] = [];
  const answer = (contract: Contract, handlers: object) => (method: string, params: unknown) => {
    calls.push([method, params]);
    return answerCall({ contract, handlers: handlers as HandlersOf<Contract>, method, params });
  };
  const { line, tell } = lineTo(answer(coreContract, core));
  const client = new RpcClient(line);
  const askShell = answer(shellContract, shell);
  return {
    services: {
      core: { call: client.call, subscribe: (listener) => client.onEvent(listener), watchConnection: () => () => true },
      shell: createShellClient({
        call: async (method, params) => {
          const given = await askShell(method, params);
          if (given.ok) return given.result;
          return refuse(given.error);
        },
      }),
      mirror: openMirror(),
    },
    calls,
    tell,
  };
};

/** As the preload does it: of an Error only the message would pass the bridge between the worlds. */
const refuse = Promise.reject.bind(Promise) as (error: WireError) => Promise<never>;

type Answerer = (method: string, params: unknown) => ReturnType<typeof answerCall>;

const lineTo = (answer: Answerer): { readonly line: RpcLine; readonly tell: (event: CoreEvent) => void } => {
  let hear: (message: unknown) => void = () => undefined;
  const reply = async ({ id, method, params }: RpcRequest): Promise<void> => {
    const given = await answer(method, params);
    hear(given.ok ? { kind: 'result', id, result: given.result } : { kind: 'error', id, error: given.error });
  };
  return {
    line: {
      post: (message) => void reply(message as RpcRequest),
      onMessage: (listener) => void (hear = listener),
      onClose: () => undefined,
      close: () => undefined,
    },
    tell: (event) => hear({ kind: 'event', event }),
  };
};
