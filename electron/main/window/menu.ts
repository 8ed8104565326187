import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu } from 'electron';

export type MenuParts = {
  readonly developerTools: boolean;
  readonly lock: (what: 'window' | 'everything') => void;
  /** Asks the person first, as nothing arrives after it. */
  readonly quit: () => void;
};

/**
 * The application's menu: what every desktop program has. Developer tools only where the program is being developed.
 */
export function installMenu({ developerTools, ...actions }: MenuParts): void {
  const mac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    {
      label: mac ? 'Posthorn' : '&File',
      submenu: [...(mac ? ofEveryMac : []), ...fileMenu(actions)],
    },
    { role: 'editMenu' },
    { label: '&View', submenu: viewMenu(developerTools) },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  app.setAboutPanelOptions({ applicationName: 'Posthorn', applicationVersion: app.getVersion() });
}

const ofEveryMac: readonly MenuItemConstructorOptions[] = [
  { role: 'about' },
  { type: 'separator' },
  { role: 'hide' },
  { role: 'hideOthers' },
  { type: 'separator' },
];

function fileMenu({ lock, quit }: Pick<MenuParts, 'lock' | 'quit'>): MenuItemConstructorOptions[] {
  return [
    { label: 'Lock the &Window', accelerator: 'CmdOrCtrl+L', click: () => lock('window') },
    { label: 'Lock &Everything', accelerator: 'CmdOrCtrl+Shift+L', click: () => lock('everything') },
    { type: 'separator' },
    { label: '&Quit Posthorn', accelerator: 'CmdOrCtrl+Q', click: () => quit() },
  ];
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
