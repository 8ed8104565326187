import { readFile } from 'node:fs';
import { connect } from 'node:net';

/**
 * Makes tor end at once when this process does, also by SIGKILL and where there is no leash (`leash`): the kernel then
 * closes this control connection, and tor ends with the connection that owns it (TAKEOWNERSHIP, control-spec 3.18).
 * Tor's own watch on our process id looks only every 15 s, and stays as the guard until this connection is made.
 * @param control where a running tor is controlled, and its cookie
 * @returns lets go of a tor that has ended
 */
export function ownTor(control: { readonly controlPort: number | string; readonly cookiePath: string }): () => void {
  const socket = connect(
    typeof control.controlPort === 'string'
      ? { path: control.controlPort }
      : { host: '127.0.0.1', port: control.controlPort },
  );
  // A tor that ends meanwhile takes the connection with it; its exit tells.
  socket.on('error', () => undefined);
  socket.resume();
  socket.unref();
  readFile(control.cookiePath, (error, cookie) => {
    if (error) socket.destroy();
    else socket.write(`AUTHENTICATE ${cookie.toString('hex')}\r\nTAKEOWNERSHIP\r\n`);
  });
  return () => void socket.destroy();
}
