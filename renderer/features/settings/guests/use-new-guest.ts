import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { addGuest } from '../../../actions/guests/add-guest';
import type { NewGuest } from '../../../../shared/guests/guest';
import { useTask } from '../../../parts/use-task';
import { useServices } from '../../../state/services';
import { localPartProblem } from '../../../words/local-part-problem';
import { roomOptions, type DaysChoice } from './guest-words';

type Chosen = {
  readonly name: string;
  readonly localPart: string;
  readonly room: string;
  readonly days: DaysChoice;
};

const none = { name: undefined, localPart: undefined };

/** A guest as they are filled in, and how they are added. */
export const useNewGuest = (onAdded: (added: NewGuest) => void) => {
  const services = useServices();
  const task = useTask();
  const room = roomOptions[1]?.value ?? '';
  const [guest, setGuest] = useState<Chosen>({ name: '', localPart: '', room, days: 'never' });
  const [tried, setTried] = useState(false);
  const problems = {
    name: guest.name.trim() === '' ? 'Give them a name.' : undefined,
    localPart: localPartProblem(guest.localPart),
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.name !== undefined || problems.localPart !== undefined) return;
    const { name, localPart, days } = guest;
    const quota = Number(guest.room);
    const end = days === 'never' ? {} : { days: Number(days) };
    void task.run(async () => onAdded(await addGuest(services, { name, localPart, quota, ...end })));
  };
  return {
    guest,
    choose: (part: Partial<Chosen>) => setGuest({ ...guest, ...part }),
    problems: tried ? problems : none,
    submit,
    task,
  };
};

export type NewGuestForm = ReturnType<typeof useNewGuest>;
