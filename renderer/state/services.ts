import { createContext, useContext } from 'react';
import type { CoreClient } from '../bridge/core-client';
import type { ShellClient } from '../bridge/shell-client';
import type { Mirror } from '../mirror/mirror-database';

/** What actions and queries work with: the core (mail), the shell (desktop), the mirror (what lists show). */
export type Services = { readonly core: CoreClient; readonly shell: ShellClient; readonly mirror: Mirror };

export const ServicesContext = createContext<Services | undefined>(undefined);

/** The services of this window. */
export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Services are used outside of the application.');
  return services;
};

/** The core client of this window. */
export const useCore = (): CoreClient => useServices().core;
