import { useEffect, useState } from 'react';

/** The time, renewed every half minute, for lists that say «today» and «next try». */
export const useNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
};
