import { create } from 'zustand';

export type ShownToast = {
  readonly id: string;
  readonly text: string;
  readonly tone: 'info' | 'danger';
  readonly about?: string | undefined;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

type Toasts = { readonly shown: readonly ShownToast[]; readonly dismiss: (id: string) => void };

/** The toasts at the foot of the window: short texts that leave by themselves; the newest three. */
export const useToasts = create<Toasts>()((set) => ({
  shown: [],
  dismiss: (id) => set(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) })),
}));

/**
 * Shows a toast, with something to undo it where that is possible. One that says what it is about takes the place of an
 * older one about the same, which is not true any more. Returns its id, by which it can be dismissed.
 */
export const showToast = (toast: {
  text: string;
  tone?: 'info' | 'danger';
  about?: string;
  action?: ShownToast['action'];
}): string => {
  const added: ShownToast = {
    id: crypto.randomUUID(),
    text: toast.text,
    tone: toast.tone ?? 'info',
    about: toast.about,
    action: toast.action,
  };
  const isOutdated = ({ about }: ShownToast): boolean => about !== undefined && about === toast.about;
  useToasts.setState(({ shown }) => ({ shown: [...shown.filter((older) => !isOutdated(older)), added].slice(-3) }));
  return added.id;
};
