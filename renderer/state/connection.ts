import { create } from 'zustand';

type Connection = {
  readonly connected: boolean;
  /** Tells a first start from a loss. */
  readonly everConnected: boolean;
  /** Grows with each connection: what one core has said is not true of the next. */
  readonly number: number;
};

/** Whether the core is there. */
export const useConnection = create<Connection>()(() => ({ connected: false, everConnected: false, number: 0 }));
