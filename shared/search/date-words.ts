import { foldText } from '../text/text-folding';

export type DateUnit = 'day' | 'week' | 'month' | 'year';

/** A day, week, month or year by its distance: `yesterday` is the day that is one ago. */
type DayWord = { readonly unit: DateUnit; readonly ago: number };

/** English first, then the languages of `operator-names.ts` as far as they have one word for it. */
const DAYS: readonly (readonly [string, DayWord])[] = [
  [
    'today|heute|aujourd’hui|hoy|hoje|oggi|vandaag|dziś|dzisiaj|idag|bugün|сегодня|σήμερα|اليوم|امروز|היום|आज|今天|今日|오늘',
    { unit: 'day', ago: 0 },
  ],
  [
    'yesterday|gestern|hier|ayer|ontem|ieri|gisteren|wczoraj|igår|dün|вчера|χθες|أمس|دیروز|אתמול|कल|昨天|昨日|어제',
    { unit: 'day', ago: 1 },
  ],
  [
    'this week|diese woche|cette semaine|esta semana|questa settimana|deze week|本周|今週|이번 주',
    { unit: 'week', ago: 0 },
  ],
  [
    'last week|letzte woche|vorige woche|semaine dernière|semana pasada|semana passada|settimana scorsa|vorige week|上周|先週|지난주',
    { unit: 'week', ago: 1 },
  ],
  [
    'this month|dieser monat|ce mois|este mes|este mês|questo mese|deze maand|本月|今月|이번 달',
    { unit: 'month', ago: 0 },
  ],
  [
    'last month|letzter monat|letzten monat|mois dernier|mes pasado|mês passado|mese scorso|vorige maand|上个月|先月|지난달',
    { unit: 'month', ago: 1 },
  ],
  ['this year|dieses jahr|cette année|este año|este ano|quest’anno|dit jaar|今年|올해', { unit: 'year', ago: 0 }],
  [
    'last year|letztes jahr|année dernière|año pasado|ano passado|anno scorso|vorig jaar|去年|昨年|작년',
    { unit: 'year', ago: 1 },
  ],
];

/** After a number: `7d`, `2 weeks`, `3 Monate`. A lone `m` is months: nobody looks for the mail of minutes. */
const UNITS: Readonly<Record<DateUnit, string>> = {
  day: 'd day days t tag tage tagen j jour jours dia dias día días giorno giorni dag dagen dni дней 天 日 일',
  week: 'w week weeks wo woche wochen sem semaine semaines semana semanas settimana settimane weken недель 周 週 주',
  month: 'm mo month months monat monate monaten mois mes meses mês mese mesi maand maanden месяцев 月 개월',
  year: 'y yr year years jahr jahre jahren a an ans año años ano anos anno anni jaar лет 年 년',
};

/** Blanks, hyphens and apostrophes aside: `last-week`, `lastweek`. */
const form = (text: string): string => foldText(text).replaceAll(/[\s\-_']/gu, '');

const days = new Map(DAYS.flatMap(([words, day]) => words.split('|').map((word) => [form(word), day] as const)));
const units = new Map(
  (Object.keys(UNITS) as DateUnit[]).flatMap((unit) =>
    UNITS[unit].split(' ').map((word) => [form(word), unit] as const),
  ),
);

/** What a word like `yesterday` means. */
export const dayWordOf = (text: string): DayWord | undefined => days.get(form(text));

/** What a word after a number counts. */
export const unitOf = (text: string): DateUnit | undefined => units.get(form(text));
