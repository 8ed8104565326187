import { useState } from 'react';
import type { SubmitEvent } from 'react';
import { addDevice } from '../../../actions/programs/add-device';
import type { IdentityId } from '../../../../shared/ids';
import type { DeviceKind, NewDevice } from '../../../../shared/programs/device';
import type { MailForm } from '../../../../shared/programs/mail-program';
import { useTask } from '../../../parts/use-task';
import { useIdentities } from '../../../queries/use-identities';
import { useServices } from '../../../state/services';
import { kindName } from './device-words';

type Chosen = {
  readonly kind: DeviceKind;
  readonly form: MailForm;
  /** Until the person types one, the kind's own. */
  readonly name?: string;
  /** Until the person chooses, the first. */
  readonly identityIds?: readonly IdentityId[];
};

/** A device as it is filled in, and how it is added. */
export const useNewDevice = (onAdded: (added: NewDevice) => void) => {
  const services = useServices();
  const identities = useIdentities() ?? [];
  const task = useTask();
  const [chosen, setChosen] = useState<Chosen>({ kind: 'phone', form: 'unsealed' });
  const [tried, setTried] = useState(false);
  const { kind, form, name = kindName[kind], identityIds = identities.slice(0, 1).map(({ id }) => id) } = chosen;
  const problems = {
    name: name.trim() === '' ? 'Give it a name.' : undefined,
    identities: identityIds.length === 0 ? 'Choose at least one.' : undefined,
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (problems.name !== undefined || problems.identities !== undefined) return;
    void task.run(async () => onAdded(await addDevice(services, { name, kind, identityIds: [...identityIds], form })));
  };
  return {
    device: { kind, form, name, identityIds },
    choose: (part: Partial<Chosen>) => setChosen({ ...chosen, ...part }),
    identities,
    problems: tried ? problems : { name: undefined, identities: undefined },
    submit,
    task,
  };
};

export type NewDeviceForm = ReturnType<typeof useNewDevice>;
