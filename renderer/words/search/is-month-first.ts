/** Whether dates are written with the month first where the person lives: `11/30/2026`. */
export const isMonthFirst = (locale?: string): boolean =>
  new Intl.DateTimeFormat(locale).formatToParts(0).find(({ type }) => type !== 'literal')?.type === 'month';
