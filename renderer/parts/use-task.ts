import { useCallback, useEffect, useRef, useState } from 'react';
import { errorWords } from '../words/error-words';

/** One thing at a time that may fail: whether it runs, and the sentence for its last failure. */
export type Task = {
  readonly busy: boolean;
  readonly error: string | undefined;
  /** Runs `work` unless one is running; resolves with true when it succeeded. Failures end up in `error`. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>;
  readonly clearError: () => void;
};

/** Runs calls for a form or a button and keeps their state. */
export const useTask = (): Task => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const running = useRef(false);
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => void (mounted.current = false);
  }, []);
  const run = useCallback(async (work: () => Promise<unknown>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (cause) {
      if (mounted.current) setError(errorWords(cause));
      return false;
    } finally {
      running.current = false;
      if (mounted.current) setBusy(false);
    }
  }, []);
  const clearError = useCallback(() => setError(undefined), []);
  return { busy, error, run, clearError };
};
