import { describe, expect, it } from 'vitest';
import { mailMigrations } from '../migrations/mail-schema';
import { vaultMigrations } from '../migrations/vault-schema';
import { sqlStatements } from './sql-statements';

describe('the statements of a script', () => {
  it('end at a semicolon, but not within quotes, a comment or a trigger', () => {
    const all = [
      `INSERT INTO notes VALUES ('a; b''; c', "d;");`,
      `-- not here; nor
       /* here; */ DELETE FROM notes;`,
      `CREATE TRIGGER one AFTER INSERT ON notes BEGIN UPDATE notes SET n = CASE WHEN 1 THEN 2 END; DELETE FROM notes; END;`,
      `UPDATE notes SET n = CASE n WHEN 1 THEN 2 END;`,
      'DROP TRIGGER one;',
    ];
    expect(sqlStatements(all.join(''))).toEqual(all);
    expect(sqlStatements('DROP TABLE one; DROP TABLE two')).toEqual(['DROP TABLE one;', ' DROP TABLE two']);
    expect(sqlStatements('  ')).toEqual([]);
  });

  it.each([...mailMigrations, ...vaultMigrations])('are those of the migrations', ({ statements }) => {
    const all = sqlStatements(statements);
    expect(all.join('').trimEnd()).toBe(statements.trimEnd());
    for (const statement of all) expect(statement).toMatch(/^\s*(?:CREATE|INSERT|UPDATE|DELETE|ALTER|DROP)\b[^]*;$/u);
    const triggers = all.filter((statement) => /^\s*CREATE TRIGGER/u.test(statement));
    expect(triggers).toHaveLength(statements.match(/CREATE TRIGGER/gu)?.length ?? 0);
  });
});
