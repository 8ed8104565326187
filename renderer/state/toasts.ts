import { create } from 'zustand';

export type ToastNote = {
  readonly id: string;
  readonly text: string;
  readonly tone: 'info' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
};

type Toasts = { readonly notes: readonly ToastNote[]; readonly dismiss: (id: string) => void };

/** The short notes at the foot of the window; the newest three. */
export const useToasts = create<Toasts>()((set) => ({
  notes: [],
  dismiss: (id) => set(({ notes }) => ({ notes: notes.filter((note) => note.id !== id) })),
}));

/**
 * Shows a short note, with something to undo it where that is possible. Returns its id, by which it can be dismissed.
 */
export const showToast = (note: { text: string; tone?: 'info' | 'danger'; action?: ToastNote['action'] }): string => {
  const added: ToastNote = { id: crypto.randomUUID(), text: note.text, tone: note.tone ?? 'info', action: note.action };
  useToasts.setState(({ notes }) => ({ notes: [...notes, added].slice(-3) }));
  return added.id;
};
