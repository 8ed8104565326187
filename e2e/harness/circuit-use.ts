/** What tor's events tell of the streams and circuits of one time (control-spec, 4.1.1 and 4.1.2). */
export class CircuitUse {
  /** SOCKS user name to the circuits that its streams were attached to. */
  readonly circuitsOf = new Map<string, Set<string>>();
  /** Circuit to the onion services of ours that it is for. */
  readonly servicesOf = new Map<string, Set<string>>();
  /** Every SOCKS user name and password. */
  readonly credentials = new Set<string>();

  constructor(events: readonly string[]) {
    const users = new Map<string, string>();
    for (const event of events) {
      const [kind, id = '', status, circuit = ''] = event.split(' ');
      const user = keyword(event, 'SOCKS_USERNAME');
      for (const word of [user, keyword(event, 'SOCKS_PASSWORD')]) if (word !== undefined) this.credentials.add(word);
      if (kind === 'CIRC') this.#circuit({ id, user, event });
      if (kind !== 'STREAM') continue;
      if (user !== undefined) users.set(id, user);
      const owner = users.get(id);
      if (owner !== undefined && circuit !== '0' && status !== 'NEW') add(this.circuitsOf, owner, circuit);
    }
  }

  #circuit({ id, user, event }: { id: string; user: string | undefined; event: string }): void {
    if (user !== undefined) add(this.circuitsOf, user, id);
    const service = keyword(event, 'REND_QUERY');
    if (service !== undefined && event.includes(' PURPOSE=HS_SERVICE_')) add(this.servicesOf, id, service);
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
