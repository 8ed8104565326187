import { LineSplitter } from '../../electron/core/rpc/line-splitter';
import { RpcServer } from '../../electron/core/rpc/rpc-server';
import { decodeWireJson, encodeWireJson } from '../../electron/core/rpc/wire-json';
import { coreContract } from '../../shared/contract/core-contract';
import { RpcReply, type Contract, type HandlersOf } from '../../shared/contract/rpc-kit';
import { shellContract } from '../../shared/contract/shell-contract';
import { claim, claimSame } from '../oracles/claims';
import { cutInPieces, textOf } from '../oracles/texts';

const MAX_LINE_BYTES = 4_096;

/**
 * Lines of a local client, and calls of a window that a page has taken over. Only what fits the contract reaches a use
 * case; everything else with a number gets one refusal, and no line breaks the listener.
 */
export async function fuzz(data: Uint8Array): Promise<void> {
  const whole = new LineSplitter(MAX_LINE_BYTES).push(Buffer.from(data));
  claimSame(inPieces(data), whole, 'lines are others when they come in pieces');
  for (const line of [...(whole ?? []), textOf(data)]) await checkLine(line);
}

function inPieces(data: Uint8Array): string[] | undefined {
  const splitter = new LineSplitter(MAX_LINE_BYTES);
  const lines: string[] = [];
  for (const piece of cutInPieces(data)) {
    const more = splitter.push(Buffer.from(piece));
    if (more === undefined) return undefined;
    lines.push(...more);
  }
  return lines;
}

async function checkLine(line: string): Promise<void> {
  const message = decoded(line);
  if (message === undefined) return;
  // As text: minus zero is written as zero.
  const written = encodeWireJson(message);
  claimSame(encodeWireJson(decodeWireJson(written)), written, 'a message does not come back');
  for (const contract of [coreContract, shellContract]) {
    const replies = await ask(contract, message);
    claim(replies.length <= 1, 'one call gets two replies');
    for (const reply of replies) claim(RpcReply.safeParse(reply).success, 'a reply is none of the contract');
  }
}

function decoded(line: string): unknown {
  try {
    return decodeWireJson(line);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** Answers what reached a use case: every handler gives back its parameters, which have to be good ones. */
async function ask(contract: Contract, message: unknown): Promise<unknown[]> {
  const replies: unknown[] = [];
  const faults: unknown[] = [];
  const server = new RpcServer({ contract, handlers: echoes(contract), onFault: (error) => faults.push(error) });
  server.attach({
    onMessage: (listener) => listener(message),
    post: (reply) => void replies.push(reply),
    onClose: () => undefined,
    close: () => undefined,
    backlog: () => 0,
  });
  // Answers take some turns of promises, and nothing else: they are all there in the next turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  if (faults.length > 0) throw faults[0];
  return replies;
}

function echoes(contract: Contract): HandlersOf<Contract> {
  const handlers = Object.entries(contract).map(([name, { params }]) => [
    name,
    (given: unknown) => {
      claimSame(params.parse(given), given, 'parameters are others when they are parsed again');
      return given;
    },
  ]);
  return Object.fromEntries(handlers) as HandlersOf<Contract>;
}
