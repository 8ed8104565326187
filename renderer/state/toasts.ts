import { create } from 'zustand';

export type ShownToast = {
  readonly id: string;
  readonly text: string;
  readonly tone: 'info' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

type Toasts = { readonly shown: readonly ShownToast[]; readonly dismiss: (id: string) => void };

/** The toasts at the foot of the window: short texts that leave by themselves; the newest three. */
export const useToasts = create<Toasts>()((set) => ({
  shown: [],
  dismiss: (id) => set(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) })),
}));

/**
 * Shows a toast, with something to undo it where that is possible. Returns its id, by which it can be dismissed.
 */
export const showToast = (toast: { text: string; tone?: 'info' | 'danger'; action?: ShownToast['action'] }): string => {
  const added: ShownToast = {
    id: crypto.randomUUID(),
    text: toast.text,
    tone: toast.tone ?? 'info',
    action: toast.action,
  };
  useToasts.setState(({ shown }) => ({ shown: [...shown, added].slice(-3) }));
  return added.id;
};
