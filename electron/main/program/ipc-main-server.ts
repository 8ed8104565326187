import type { IpcMain } from 'electron';
import type { Answer } from '../../../shared/contract/answer-call';
import { answerCall } from '../../../shared/contract/answer-call';
import type { HandlersOf } from '../../../shared/contract/rpc-kit';
import type { ShellContract } from '../../../shared/contract/shell-contract';
import { shellContract } from '../../../shared/contract/shell-contract';
import { isPageUrl } from './page-origin';

/** The one channel on which the main process listens. */
export const shellChannel = 'posthorn:shell';

/** A frame as Electron tells of it; two are the same frame when they are the same object. */
type Frame = { readonly url: string };

export type ShellServerOptions = {
  /** The window's page, or undefined while there is none. */
  readonly page: () => { readonly mainFrame: Frame } | undefined;
  readonly handlers: HandlersOf<ShellContract>;
  readonly onFault: (error: unknown) => void;
};

type Sender = { readonly senderFrame: Frame | null };

/** Serves the shell contract to the top frame of our own window's page, and to nobody else. */
export function serveShell(ipc: Pick<IpcMain, 'handle'>, options: ShellServerOptions): void {
  ipc.handle(shellChannel, (event, method: unknown, params: unknown) => answerPage(options, { event, method, params }));
}

type PageCall = { readonly event: Sender; readonly method: unknown; readonly params: unknown };

async function answerPage(options: ShellServerOptions, { event, method, params }: PageCall): Promise<Answer> {
  if (!isFromPage(options, event) || typeof method !== 'string') return refused;
  return answerCall({ contract: shellContract, handlers: options.handlers, method, params, onFault: options.onFault });
}

function isFromPage({ page }: ShellServerOptions, { senderFrame }: Sender): boolean {
  if (senderFrame === null) return false;
  return senderFrame === page()?.mainFrame && isPageUrl(senderFrame.url);
}

const refused: Answer = {
  ok: false,
  error: {
    code: 'invalid-call',
    message: 'Posthorn was asked something by a page that is not its own. Nothing was done.',
  },
};
