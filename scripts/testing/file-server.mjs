import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * Plays a server of files on this machine.
 * @returns {Promise<{url: string,
 *   answers: Map<string, Buffer | string | ((request: object, response: object) => void)>, asked: string[],
 *   stop(): Promise<void>}>} what `answers` does not name is not found; `asked` lists the paths that were
 */
export async function startFileServer() {
  const answers = new Map();
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    const answer = answers.get(request.url);
    if (typeof answer === 'function') return answer(request, response);
    response.statusCode = answer === undefined ? 404 : 200;
    return response.end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    answers,
    asked,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
