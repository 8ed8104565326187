import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when somebody listens on a port of 127.0.0.1. */
export async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isUp = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isUp === true) return;
    await sleep(50);
  }
}
