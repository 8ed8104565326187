import { z } from 'zod';

/** Keeps zod from probing `new Function`, which the page's content security policy refuses (and reports). */
export const configureZod = (): void => {
  z.config({ jitless: true });
};
