import { contextBridge, ipcRenderer } from 'electron';
import type { Answer } from '../../shared/contract/answer-call';
import type { WireError } from '../../shared/errors';
import type {
  CORE_LOST_MESSAGE,
  CORE_PORT_MESSAGE,
  ShellBridge,
  WishMessage,
} from '../../shared/contract/shell-contract';

/**
 * The channels of the main process (core-process.ts, ipc-main-server.ts, page-wishes.ts); a sandboxed script can load
 * none of them.
 */
const shellChannel = 'posthorn:shell';
const corePortChannel = 'posthorn:core-port';
const coreLostChannel = 'posthorn:core-lost';
const wishChannel = 'posthorn:wish';

// The contract's own constants, by type only: as imports they would bring its parser into every start of the window.
const corePortMessage: typeof CORE_PORT_MESSAGE = 'posthorn:core-port';
const coreLostMessage: typeof CORE_LOST_MESSAGE = 'posthorn:core-lost';

/** Rejects with the plain object: of an Error only the message would pass the bridge between the worlds. */
const refuse = Promise.reject.bind(Promise) as (error: WireError) => Promise<never>;

const bridge: ShellBridge = {
  call: async (method, params) => {
    const answer = (await ipcRenderer.invoke(shellChannel, method, params)) as Answer;
    if (answer.ok) return answer.result;
    return refuse(answer.error);
  },
};

contextBridge.exposeInMainWorld('posthorn', bridge);

ipcRenderer.on(corePortChannel, ({ ports }) => {
  window.postMessage({ type: corePortMessage }, location.origin, [...ports]);
});
ipcRenderer.on(coreLostChannel, () => {
  window.postMessage({ type: coreLostMessage }, location.origin);
});
ipcRenderer.on(wishChannel, (_event, message: WishMessage) => {
  window.postMessage(message, location.origin);
});
