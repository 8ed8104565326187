import type { MenuItemConstructorOptions } from 'electron';
import { Menu, Tray } from 'electron';
import type { Glance } from '../../../shared/glance';
import { trayImage } from './tray-images';
import { isOpen, trayLines, trayLook } from './tray-words';

/** What a person can do from the tray. */
export type TrayActions = {
  readonly open: () => void;
  readonly compose: () => void;
  readonly lock: (what: 'window' | 'everything') => void;
  readonly quit: () => void;
};

/** Posthorn in the desktop's panel, for as long as the desktop has one. */
export class TrayIcon {
  readonly #actions: TrayActions;
  #tray: Tray | undefined;
  #glance: Glance | undefined;
  #shown = '';

  constructor(actions: TrayActions) {
    this.#actions = actions;
  }

  /** The desktop has a panel that shows icons, or has none any more. */
  setPresent(present: boolean): void {
    this.#tray?.destroy();
    this.#tray = present ? new Tray(trayImage(trayLook(this.#glance))) : undefined;
    this.#tray?.on('click', () => this.#actions.open());
    this.#shown = '';
    this.#draw();
  }

  /** Shows numbers and states; undefined while the core is being started. */
  show(glance: Glance | undefined): void {
    this.#glance = glance;
    this.#draw();
  }

  #draw(): void {
    const lines = trayLines(this.#glance);
    const menu = trayMenu(this.#glance, this.#actions);
    // Panels flicker when an icon is set that is there already, and an open menu closes.
    const shown = JSON.stringify([trayLook(this.#glance), lines, menu.map(({ label, enabled }) => [label, enabled])]);
    if (this.#tray === undefined || shown === this.#shown) return;
    this.#shown = shown;
    this.#tray.setImage(trayImage(trayLook(this.#glance)));
    this.#tray.setToolTip(['Posthorn', ...lines].join('\n'));
    this.#tray.setContextMenu(Menu.buildFromTemplate(menu));
  }
}

function trayMenu(glance: Glance | undefined, actions: TrayActions): MenuItemConstructorOptions[] {
  const open = glance !== undefined && isOpen(glance);
  // Whoever walks away while it opens locks it then: it stays locked when it is open.
  const opening = glance?.profile === 'opening';
  const unlocked = glance?.profile === 'unlocked';
  return [
    ...trayLines(glance).map((label) => ({ label, enabled: false })),
    { type: 'separator' },
    { label: 'Open Posthorn', click: () => actions.open() },
    { label: 'New message', enabled: open, click: () => actions.compose() },
    { type: 'separator' },
    { label: 'Lock the window', enabled: unlocked || opening, click: () => actions.lock('window') },
    { label: 'Lock everything', enabled: open || opening, click: () => actions.lock('everything') },
    { type: 'separator' },
    { label: 'Quit Posthorn', click: () => actions.quit() },
  ];
}
