import { useToasts } from './state/toasts';
import { Toast, ToastRegion } from './ui/Toast';

/** The notes that are up. */
export const Toasts = () => {
  const notes = useToasts((toasts) => toasts.notes);
  const dismiss = useToasts((toasts) => toasts.dismiss);
  return (
    <ToastRegion>
      {notes.map(({ id, text, tone, action }) => (
        <Toast key={id} text={text} tone={tone} action={action} onClose={() => dismiss(id)} />
      ))}
    </ToastRegion>
  );
};
