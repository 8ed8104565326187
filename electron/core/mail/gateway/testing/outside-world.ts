import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { SMTPServer } from 'smtp-server';

/** What a mail server took: envelope and octets. */
export type Taken = { readonly from: string; readonly to: readonly string[]; readonly text: string };

/** A mail server that takes everything, or says what it is told to. */
export type Sink = {
  readonly port: number;
  readonly taken: Taken[];
  /** Called for each recipient: a reply code refuses it. */
  judge: (recipient: string) => number | undefined;
  /** Resolves with the next message that is taken from now on. */
  next(): Promise<Taken>;
  stop(): Promise<void>;
};

/** Starts a mail server on a free port of 127.0.0.1, or on this one. */
export async function startSink(port = 0): Promise<Sink> {
  const taken: Taken[] = [];
  const waiting: ((one: Taken) => void)[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => {
      const code = sink.judge(address);
      done(code === undefined ? null : Object.assign(new Error(`no ${address}`), { responseCode: code }));
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        const one = { from, to, text: Buffer.concat(chunks).toString('latin1') };
        taken.push(one);
        waiting.shift()?.(one);
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(port, '127.0.0.1');
  await once(server.server, 'listening');
  const sink: Sink = {
    port: (server.server.address() as AddressInfo).port,
    taken,
    judge: () => undefined,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Speaks LMTP, or SMTP, to a port, and sends one message; answers the reply for each recipient. */
export function bring(o: {
  readonly port: number;
  readonly lmtp?: boolean;
  readonly localAddress?: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly octets: string;
}): Promise<string[]> {
  const connection = new SMTPConnection({
    host: '127.0.0.1',
    port: o.port,
    lmtp: o.lmtp ?? true,
    name: 'mx.example.net',
    ignoreTLS: true,
    ...(o.localAddress === undefined ? {} : { localAddress: o.localAddress }),
  });
  return new Promise<string[]>((resolve, reject) => {
    connection.on('error', reject);
    connection.connect((failed) => {
      if (failed) return reject(failed);
      connection.send({ from: o.from, to: [...o.to] }, o.octets, (error, info) => {
        resolve(
          error
            ? repliesOf(error)
            : [...info.accepted.map(() => '250'), ...(info.rejectedErrors ?? []).flatMap(repliesOf)],
        );
      });
    });
  }).finally(() => connection.close());
}

function repliesOf(error: {
  response?: unknown;
  rejectedErrors?: readonly { response?: unknown }[] | undefined;
}): string[] {
  const all = error.rejectedErrors && error.rejectedErrors.length > 0 ? error.rejectedErrors : [error];
  return all.map(({ response }) => (typeof response === 'string' ? response : 'no reply'));
}
