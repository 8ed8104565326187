import { MAX_RPC_LINE_BYTES } from '../domain/limits';
import type { Socket } from 'node:net';
import { ChannelListeners } from './channel-listeners';
import type { ClientChannel } from './client-channel';
import { LineSplitter } from './line-splitter';
import { decodeWireJson, encodeWireJson } from './wire-json';

/** Milliseconds that a closing socket may stay without any octet moving. */
const farewellMs = 2_000;

/**
 * A client behind a stream socket: one message per line of JSON (octets as `{"$base64": ...}`). A line that is too long
 * or is not JSON closes the channel: after it, the beginning of the next message could not be trusted.
 */
export function jsonLineChannel(socket: Socket, maxLineBytes = MAX_RPC_LINE_BYTES): ClientChannel {
  const listeners = new ChannelListeners();
  const splitter = new LineSplitter(maxLineBytes);
  socket.on('data', (chunk: Buffer) => {
    const messages = decodeLines(splitter.push(chunk));
    if (messages === undefined) return void socket.destroy();
    for (const message of messages) listeners.message(message);
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => listeners.close());
  return {
    post: (message) => {
      if (!listeners.closed && socket.writable) socket.write(`${encodeWireJson(message)}\n`);
    },
    onMessage: (listener) => listeners.addMessage(listener),
    onClose: (listener) => listeners.addClose(listener),
    close: () => closeSocket(socket),
    backlog: () => socket.writableLength,
  };
}

/** Sends what was posted before, but does not wait for a client that has stopped reading. */
function closeSocket(socket: Socket): void {
  socket.setTimeout(farewellMs, () => socket.destroy());
  socket.end(() => socket.destroy());
}

function decodeLines(lines: string[] | undefined): unknown[] | undefined {
  try {
    return lines?.map(decodeWireJson);
  } catch {
    return undefined;
  }
}
