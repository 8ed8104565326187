import { useEffect, useState } from 'react';

/** Whether the window can be seen. Closing it leaves the page running, and no camera may look for a window unseen. */
export const useSeen = (): boolean => {
  const [seen, setSeen] = useState(() => !document.hidden);
  useEffect(() => {
    const look = () => setSeen(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return seen;
};
