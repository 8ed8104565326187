import { useEffect, useState } from 'react';
import { useServices } from '../../state/services';

/**
 * Whether the desktop says that a screen reader (or another program for access) is at work; undefined until it has
 * answered.
 */
export const useScreenReader = (): boolean | undefined => {
  const { shell } = useServices();
  const [isRead, setIsRead] = useState<boolean>();
  useEffect(() => {
    let wanted = true;
    const take = (answer: boolean) => {
      if (wanted) setIsRead(answer);
    };
    shell.call('app.info', {}).then(
      ({ screenReader }) => take(screenReader),
      () => take(false),
    );
    return () => void (wanted = false);
  }, [shell]);
  return isRead;
};
