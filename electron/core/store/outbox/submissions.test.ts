import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MAX_REMEMBERED_SUBMISSIONS, RESUBMISSION_MS } from '../../domain/client-limits';
import { mailMigrations } from '../migrations/mail-schema';
import { openDatabase } from '../sql/open-database';
import { newMessageId, NOW, temporaryDirectory } from '../testing/store-fixtures';
import { noteSubmission } from './submissions';

it('remembers the last submissions of some hours, and no more', () => {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'mail.db');
  const sql = openDatabase({ path, key: randomBytes(32), migrations: mailMigrations, mode: 'create' });
  const count = (condition = '1') =>
    sql.get<{ n: number }>(`SELECT count(*) AS n FROM submissions WHERE ${condition}`)?.n;
  sql.exec('BEGIN');
  for (let number = 0; number <= MAX_REMEMBERED_SUBMISSIONS; number += 1)
    noteSubmission(sql, { digest: String(number), now: NOW + number, id: newMessageId() });
  sql.exec('COMMIT');
  expect(count()).toBe(MAX_REMEMBERED_SUBMISSIONS);
  const now = NOW + MAX_REMEMBERED_SUBMISSIONS;
  expect([count("digest = '0'"), count("digest = '1'")]).toEqual([0, 1]);
  noteSubmission(sql, { digest: 'later', now: now + RESUBMISSION_MS, id: newMessageId() });
  expect(count()).toBe(1);
  // The clock was wrong, and is right again.
  noteSubmission(sql, { digest: 'earlier', now: NOW, id: newMessageId() });
  expect(count()).toBe(1);
  sql.close();
  directory.remove();
});
