import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { ImapClient } from './imap-client';
import { ImapHouse } from './imap-house';
import { TestAccounts } from './test-account';

type Made = {
  readonly house: ImapHouse;
  /** Logged in. */
  readonly client: ImapClient;
  /** The name of a mailbox of this test alone. */
  readonly box: string;
};

/**
 * What transcripts begin with: a profile for the whole file and, for each test, what `made` is told. Answers what gives
 * the accounts of the file, once it runs.
 */
export function useImapHouse(made: (o: Made) => void): () => TestAccounts {
  let accounts: TestAccounts;
  let house: ImapHouse;
  beforeAll(async () => {
    accounts = await TestAccounts.start();
  });
  beforeEach(async () => {
    house = await ImapHouse.open(accounts.open());
    made({ house, client: await house.logIn(), box: accounts.newBox() });
  });
  afterEach(() => house.close());
  afterAll(() => accounts.stop());
  return () => accounts;
}
