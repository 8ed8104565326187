/** Fetches one file over HTTP(S), within limits of size and time. Plain Node, no packages. */

/** A file that could not be had. `refused`: the server answered, and the answer must not be used. */
export class DownloadError extends Error {
  constructor(message, { refused }) {
    super(message);
    this.refused = refused;
  }
}

/** Milliseconds: until the server answers, without a byte, and in all. */
const usualLimits = { connect: 6000, stall: 20_000, total: 15 * 60_000 };

/**
 * @param {string} url
 * @param {{bytes: number, limits?: Partial<typeof usualLimits>}} options `bytes`: the most that is read
 * @returns {Promise<Buffer>} the whole file
 * @throws {DownloadError} in one sentence that names the file's address and no cause of another program
 */
export async function download(url, { bytes, limits = {} }) {
  const patience = startPatience({ ...usualLimits, ...limits });
  try {
    const response = await fetch(url, { signal: patience.signal, redirect: 'manual' });
    checkAnswer(response, { url, bytes });
    return await readBody(response, { url, bytes, patience });
  } catch (error) {
    throw asDownloadError(error, { url, late: patience.late });
  } finally {
    patience.end();
  }
}

/** A server that stops in the middle, or trickles for ever, is given up as one that never answers. */
function startPatience({ connect, stall, total }) {
  const abort = new AbortController();
  const patience = { signal: abort.signal, late: undefined };
  const giveUp = (why) => () => {
    patience.late = why;
    abort.abort();
  };
  const whole = setTimeout(giveUp(`did not end within ${total / 1000} s`), total);
  let timer = setTimeout(giveUp(`did not answer within ${connect / 1000} s`), connect);
  patience.gotBytes = () => {
    clearTimeout(timer);
    timer = setTimeout(giveUp(`sent nothing for ${stall / 1000} s`), stall);
  };
  patience.end = () => [whole, timer].forEach((each) => clearTimeout(each));
  return patience;
}

function checkAnswer(response, { url, bytes }) {
  const refuse = (text, refused = true) => {
    throw new DownloadError(`${url} ${text}`, { refused });
  };
  // Whoever answers for this address may not name another one: the next server could be anybody's.
  if (response.status >= 300 && response.status < 400) refuse('sends the download elsewhere, which was not followed');
  if (!response.ok || response.body === null) refuse(`cannot be had (HTTP ${response.status})`, false);
  if (Number(response.headers.get('content-length') ?? 0) > bytes) refuse(`is larger than ${megabytes(bytes)}`);
}

async function readBody(response, { url, bytes, patience }) {
  const chunks = [];
  let length = 0;
  patience.gotBytes();
  for await (const chunk of response.body) {
    patience.gotBytes();
    length += chunk.length;
    if (length > bytes) throw new DownloadError(`${url} is larger than ${megabytes(bytes)}`, { refused: true });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asDownloadError(error, { url, late }) {
  if (error instanceof DownloadError) return error;
  const { host } = new URL(url);
  if (late !== undefined) return new DownloadError(`${host} ${late}`, { refused: false });
  // undici says «terminated» when the server closed before the length it had promised.
  const code = error.cause?.code ?? error.code ?? error.message;
  const cut = code === 'UND_ERR_SOCKET' || code === 'terminated' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';
  return new DownloadError(cut ? `${url} ended too early` : `${host} cannot be reached (${code})`, { refused: false });
}

function megabytes(bytes) {
  return bytes >= 2 ** 20 ? `${Math.floor(bytes / 2 ** 20)} MB` : `${Math.ceil(bytes / 1024)} kB`;
}
