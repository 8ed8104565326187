import { PosthornError, WireError } from '../../shared/errors';
import type { CallOf } from '../../shared/contract/rpc-kit';
import { shellContract } from '../../shared/contract/shell-contract';
import type { ShellBridge } from '../../shared/contract/shell-contract';
import { present } from '../../shared/present';

/** Calls to the desktop: dialogs, clipboard, notifications, keyring. Rejects with a `PosthornError`. */
export type ShellClient = { readonly call: CallOf<typeof shellContract> };

declare global {
  interface Window {
    readonly posthorn?: ShellBridge;
  }
}

/** Turns whatever a call rejected with into the one error class. */
const toPosthornError = (cause: unknown): PosthornError => {
  if (cause instanceof PosthornError) return cause;
  const wire = WireError.safeParse(cause);
  if (!wire.success)
    return new PosthornError('internal', 'The desktop did not answer. Nothing was changed.', { cause });
  const { code, message, reason, retryAt } = wire.data;
  return new PosthornError(code, message, present({ cause, reason, retryAt }));
};

/** A typed wrapper over what the preload script put on `window.posthorn`. */
export const createShellClient = (bridge: ShellBridge): ShellClient => {
  const call = async (method: keyof typeof shellContract, params: unknown): Promise<unknown> => {
    try {
      return shellContract[method].result.parse(await bridge.call(method, params));
    } catch (error) {
      throw toPosthornError(error);
    }
  };
  // The contract ties each method to its result; the parse above is what makes the claim true.
  return { call: call as ShellClient['call'] };
};
