import { z } from 'zod';

/** What `npm run dev` asks of the program it has started, over the channel that Node opens between the two. */
const WorkshopOrder = z.enum(['reload-page', 'restart-core']);
export type WorkshopOrder = z.infer<typeof WorkshopOrder>;

/** What the program tells back: the page is drawn anew, the core answers calls. */
export type WorkshopNews = 'page-ready' | 'core-ready';

export type Workshop = {
  /** Tells the developer's program; nothing where there is none. */
  readonly tell: (news: WorkshopNews) => void;
};

/** Whoever would hear it may just have been killed: then Node finds no channel, or a broken one. */
function tell(news: WorkshopNews): void {
  if (process.connected) process.send?.(news, () => undefined);
}

/** Follows the orders of `npm run dev`. A program that was started otherwise has no such channel. */
export function followWorkshop(orders: Readonly<Record<WorkshopOrder | 'end', () => void>>): Workshop {
  if (process.send === undefined) return { tell: () => undefined };
  process.on('message', (message) => {
    const order = WorkshopOrder.safeParse(message);
    if (order.success) orders[order.data]();
  });
  // The developer's program was killed, and no other program would end this one.
  process.on('disconnect', orders.end);
  return { tell };
}
