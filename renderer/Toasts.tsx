import { useToasts } from './state/toasts';
import { Toast, ToastRegion } from './ui/Toast';

/** The toasts that are up. */
export const Toasts = () => {
  const shown = useToasts((toasts) => toasts.shown);
  const dismiss = useToasts((toasts) => toasts.dismiss);
  return (
    <ToastRegion>
      {shown.map(({ id, text, tone, action }) => (
        <Toast key={id} text={text} tone={tone} action={action} onClose={() => dismiss(id)} />
      ))}
    </ToastRegion>
  );
};
