import '@fontsource-variable/inter';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { configureZod } from './bridge/configure-zod';
import { createCoreClient } from './bridge/core-client';
import { createShellClient } from './bridge/shell-client';
import { deleteOldMirrors, openMirror } from './mirror/mirror-database';
import type { Services } from './state/services';

const makeServices = (): Services => {
  if (!window.posthorn) throw new Error('This page belongs into the Posthorn window.');
  const shell = createShellClient(window.posthorn);
  return { shell, core: createCoreClient(window, shell), mirror: openMirror() };
};

const start = (): void => {
  const place = document.getElementById('root');
  if (!place) throw new Error('The page has no place for the application.');
  configureZod();
  const services = makeServices();
  void deleteOldMirrors(services.mirror.name);
  createRoot(place).render(
    <StrictMode>
      <App services={services} />
    </StrictMode>,
  );
};

start();
