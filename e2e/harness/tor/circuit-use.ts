/** What tor's events tell of the streams and circuits of one time (control-spec, 4.1.1 and 4.1.2). */
export class CircuitUse {
  /** SOCKS user name to the circuits that its streams were attached to. */
  readonly circuitsOf = new Map<string, Set<string>>();
  /** Circuit to the onion services of ours that it is for. */
  readonly servicesOf = new Map<string, Set<string>>();
  /** Every SOCKS user name and password. */
  readonly credentials = new Set<string>();

  readonly #userOf = new Map<string, string>();

  constructor(events: readonly string[]) {
    for (const event of events) {
      for (const word of [keyword(event, 'SOCKS_USERNAME'), keyword(event, 'SOCKS_PASSWORD')])
        if (word !== undefined) this.credentials.add(word);
      if (event.startsWith('CIRC')) this.#circuit(event);
      if (event.startsWith('STREAM ')) this.#stream(event);
    }
  }

  #stream(event: string): void {
    const [, stream = '', status, circuit] = event.split(' ');
    const user = keyword(event, 'SOCKS_USERNAME') ?? this.#userOf.get(stream);
    if (user === undefined) return;
    this.#userOf.set(stream, user);
    if (circuit !== undefined && circuit !== '0' && status !== 'NEW') add(this.circuitsOf, user, circuit);
  }

  #circuit(event: string): void {
    const [, circuit = ''] = event.split(' ');
    const user = keyword(event, 'SOCKS_USERNAME');
    if (user !== undefined) add(this.circuitsOf, user, circuit);
    const service = keyword(event, 'REND_QUERY');
    if (service !== undefined && event.includes(' PURPOSE=HS_SERVICE_')) add(this.servicesOf, circuit, service);
  }
}

/** Adds the circuits and streams that there are now, as events of the same form. */
export function asEvents(getinfo: readonly string[]): string[] {
  let kind = '';
  return getinfo.flatMap((line) => {
    const head = /^(circuit|stream)-status=(.*)$/u.exec(line);
    if (head) kind = head[1] === 'circuit' ? 'CIRC' : 'STREAM';
    const rest = head ? head[2]! : line;
    return kind === '' || rest === '' || rest === 'OK' ? [] : [`${kind} ${rest}`];
  });
}

function keyword(event: string, name: string): string | undefined {
  const found = new RegExp(` ${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|(\\S*))`, 'u').exec(event);
  return found?.[1] ?? found?.[2];
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}
