/** How somebody begins: with nothing, with a backup file, or with a paper key. */
export type WelcomeWay = 'new' | 'backup' | 'paper';
