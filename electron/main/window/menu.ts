import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu } from 'electron';

/**
 * The application's menu: what every desktop program has. Developer tools only where the program is being developed.
 */
export function installMenu({ developerTools }: { readonly developerTools: boolean }): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(mac
      ? [{ role: 'appMenu' } as const]
      : [{ label: '&File', submenu: [{ role: 'quit' }] } satisfies MenuItemConstructorOptions]),
    { role: 'editMenu' },
    { label: '&View', submenu: viewMenu(developerTools) },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({ applicationName: 'Posthorn', applicationVersion: app.getVersion() });
}

function viewMenu(developerTools: boolean): MenuItemConstructorOptions[] {
  const always: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  return developerTools ? [...always, { type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] : always;
}
