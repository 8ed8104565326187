/** What the main process writes to standard error: one JSON object per line, of event names and numbers only. */
export type MainLog = (
  level: 'info' | 'warn' | 'error',
  event: string,
  fields?: Readonly<Record<string, number | boolean>>,
) => void;

export const writeLog: MainLog = (level, event, fields = {}) => {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
};
