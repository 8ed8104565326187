import { useEffect, useState } from 'react';

/**
 * The present time in milliseconds since 1970, refreshed every `interval` milliseconds: for countdowns and «in 4 min».
 */
export const useNow = (interval: number): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval);
    return () => clearInterval(timer);
  }, [interval]);
  return now;
};
