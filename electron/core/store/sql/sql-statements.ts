/** What may hold a semicolon that ends nothing, a word, or any other character. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|\w+|[^]/gu;

/**
 * The statements of a script, each with its semicolon: none ends within quotes, a comment or the body of a trigger. The
 * script of a migration of ours, which is well formed; joined again they are the script.
 */
export function sqlStatements(script: string): string[] {
  const statements: string[] = [];
  let statement = '';
  let isTrigger = false;
  let depth = 0;
  for (const token of script.match(TOKEN) ?? []) {
    statement += token;
    isTrigger ||= /^trigger$/iu.test(token);
    if (isTrigger) depth += deeper(token);
    if (token !== ';' || depth > 0) continue;
    statements.push(statement);
    statement = '';
    isTrigger = false;
  }
  return statement.trim() === '' ? statements : [...statements, statement];
}

/** `CASE` ends as the body of a trigger does. */
function deeper(token: string): number {
  if (/^(?:begin|case)$/iu.test(token)) return 1;
  return /^end$/iu.test(token) ? -1 : 0;
}
