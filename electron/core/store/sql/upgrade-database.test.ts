import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mailMigrations } from '../migrations/mail-schema';
import { temporaryDirectory } from '../testing/store-fixtures';
import { earlierMigrations, writeEarlier } from '../testing/write-earlier';
import { newestVersion } from './migrations';
import { openAsItIs } from './open-database';
import { upgradeDatabase } from './upgrade-database';

const MESSAGES = 200;
const key = new Uint8Array(randomBytes(32));

describe('a mail file of an older version', () => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let path: string;
  beforeEach(() => {
    directory = temporaryDirectory();
    path = join(directory.path, 'mail.db');
    writeEarlier({ path, key, messages: MESSAGES });
  });
  afterEach(() => directory.remove());

  /** Brings it on until it has told `most` times; answers all that it did. */
  async function upgrade(most = Infinity): Promise<(number | 'busy')[]> {
    const said: (number | 'busy')[] = [];
    const shares = (): number[] => said.filter((each) => each !== 'busy');
    await upgradeDatabase({
      path,
      key,
      migrations: mailMigrations,
      busy: () => void said.push('busy'),
      told: (share) => void said.push(share),
      isWanted: () => shares().length < most,
    });
    return said;
  }

  function read(): { version: number | undefined; messages: number | undefined } {
    const sql = openAsItIs({ path, key, mode: 'existing' });
    const version = sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
    const messages = sql.get<{ n: number }>(`SELECT count(*) AS n FROM messages WHERE kind = 'mail'`)?.n;
    sql.close();
    return { version, messages };
  }

  it('is brought up to date in steps that grow to all, and says before each that it is busy', async () => {
    const said = await upgrade();
    const shares = said.filter((each) => each !== 'busy');
    expect(shares.at(0)).toBe(0);
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...new Set(shares)].sort((one, other) => one - other));
    expect(shares.length).toBeGreaterThan(30);
    // Nothing is told between «busy» and the work that it announces.
    for (const [index, each] of said.slice(1).entries()) expect(each === 'busy').toBe(said[index] !== 'busy');
    expect(read()).toEqual({ version: newestVersion(mailMigrations), messages: MESSAGES });
    expect(await upgrade()).toEqual([]);
  });

  it('lets others work between two steps', async () => {
    let turns = 0;
    let isDone = false;
    const turn = (): void => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    turn();
    const said = await upgrade();
    isDone = true;
    expect(turns).toBeGreaterThanOrEqual(said.filter((each) => each === 'busy').length);
  });

  it('is a whole older version wherever it is ended, and goes on from there', async () => {
    const reached = new Set<number | undefined>();
    for (let most = 1; read().version !== newestVersion(mailMigrations); most += 3) {
      await upgrade(most);
      const { version, messages } = read();
      expect(messages).toBe(MESSAGES);
      expect(version).toBeGreaterThanOrEqual(newestVersion(earlierMigrations));
      reached.add(version);
    }
    expect(reached.size).toBeGreaterThan(2);
  });
});
