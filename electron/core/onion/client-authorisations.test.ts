import { beforeEach, expect, test } from 'vitest';
import { authoriseCommand } from './client-auth';
import { ClientAuthorisations } from './client-authorisations';
import { onionFromSeed } from './onion-key';

const hostOf = (number: number) => onionFromSeed(new Uint8Array(32).fill(number)).onion;
const keyOf = (number: number) => new Uint8Array(32).fill(number + 100);

let told: string[];
let logged: string[];
let status: number;
let authorisations: ClientAuthorisations;
const command = (line: string) => {
  told.push(line);
  return Promise.resolve({ status, lines: [{ text: line }] });
};

beforeEach(() => {
  [told, logged, status] = [[], [], 250];
  const note = (event: string, fields: unknown = {}) => void logged.push(event + JSON.stringify(fields));
  authorisations = new ClientAuthorisations({ log: { info: note, warn: note, error: note } });
});

test('every tor is told, also of what came before it', () => {
  authorisations.authorise(hostOf(1), keyOf(1));
  for (let start = 0; start < 2; start += 1) {
    authorisations.attach(command);
    authorisations.detach();
  }
  expect(told).toEqual([authoriseCommand(hostOf(1), keyOf(1)), authoriseCommand(hostOf(1), keyOf(1))]);
});

test('keys change, and are forgotten once', () => {
  authorisations.attach(command);
  authorisations.authorise(hostOf(1), keyOf(1));
  authorisations.authorise(hostOf(1), keyOf(2));
  authorisations.authorise(hostOf(1), undefined);
  authorisations.authorise(hostOf(1), undefined);
  expect(told).toEqual([
    authoriseCommand(hostOf(1), keyOf(1)),
    authoriseCommand(hostOf(1), keyOf(2)),
    authoriseCommand(hostOf(1), undefined),
  ]);
});

test('tor is told again when it has forgotten', () => {
  authorisations.attach(command);
  authorisations.authorise(hostOf(1), keyOf(1));
  authorisations.onEvent('SIGNAL RELOAD');
  expect(told).toHaveLength(1);
  authorisations.onEvent('SIGNAL NEWNYM');
  expect(told).toHaveLength(2);
});

test('a key that is none, or that tor refuses, is logged without what it is', async () => {
  authorisations.attach(command);
  authorisations.authorise(hostOf(1), keyOf(1));
  authorisations.authorise(hostOf(1), new Uint8Array(31));
  expect(told.at(-1)).toBe(authoriseCommand(hostOf(1), undefined));
  status = 512;
  authorisations.authorise(hostOf(2), new Uint8Array(32));
  await authorisations.settled();
  expect(logged).toEqual(['onion-key-malformed{}', 'onion-key-refused{"status":512}']);
});
