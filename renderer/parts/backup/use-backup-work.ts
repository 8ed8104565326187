import { useCallback, useEffect, useRef, useState } from 'react';
import type { BackupStep } from '../../words/backup-words';
import { useTask } from '../use-task';
import type { Task } from '../use-task';

type Moment = { readonly step: BackupStep; readonly bytes: number; readonly total?: number | undefined };
type Watching = { readonly onMoment: (moment: Moment) => void; readonly signal: AbortSignal };

/** Work on a backup: what `Task` knows, how far it is, and a way to stop it. */
export type BackupWork = Pick<Task, 'busy' | 'error'> & {
  readonly moment: Moment | undefined;
  readonly run: (work: (watching: Watching) => Promise<unknown>) => void;
  readonly stop: () => void;
};

/** Runs one thing with a backup at a time; it is stopped when its dialog goes away. */
export const useBackupWork = (): BackupWork => {
  const { busy, error, run: runTask } = useTask();
  const [moment, setMoment] = useState<Moment>();
  const current = useRef<AbortController>(undefined);
  const stop = useCallback(() => current.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const run = (work: (watching: Watching) => Promise<unknown>) => {
    const controller = new AbortController();
    current.current = controller;
    const onMoment = (next: Moment) => {
      if (!controller.signal.aborted) setMoment(next);
    };
    void runTask(() => work({ onMoment, signal: controller.signal })).then(() => setMoment(undefined));
  };
  return { busy, error, moment, run, stop };
};
