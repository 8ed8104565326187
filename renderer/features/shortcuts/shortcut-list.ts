export type ShortcutLine = { readonly keys: readonly string[]; readonly what: string };
export type ShortcutGroup = { readonly title: string; readonly lines: readonly ShortcutLine[] };

/** Every key there is, as the sheet shows them. */
export const shortcutGroups: readonly ShortcutGroup[] = [
  {
    title: 'Move',
    lines: [
      { keys: ['J', '↓'], what: 'Next conversation' },
      { keys: ['K', '↑'], what: 'Previous conversation' },
      { keys: ['N'], what: 'Next unread conversation' },
      { keys: ['L'], what: 'Only unread, or all' },
      { keys: ['Enter', 'O'], what: 'Open and read' },
      { keys: ['Esc'], what: 'Back' },
      { keys: ['F6'], what: 'Next pane (Shift: previous)' },
      { keys: ['Ctrl+1…9'], what: 'Switch identity' },
    ],
  },
  {
    title: 'Conversation',
    lines: [
      { keys: ['R'], what: 'Reply' },
      { keys: ['A'], what: 'Reply to all' },
      { keys: ['F'], what: 'Forward' },
      { keys: ['E'], what: 'Archive' },
      { keys: ['#', 'Del'], what: 'Move to Trash' },
      { keys: ['V'], what: 'Move to a folder' },
      { keys: ['T'], what: 'Tag' },
      { keys: ['U'], what: 'Mark as unread' },
      { keys: ['S'], what: 'Flag' },
    ],
  },
  {
    title: 'Select',
    lines: [
      { keys: ['X', 'Space'], what: 'Select this conversation' },
      { keys: ['Shift+↓', 'Shift+↑'], what: 'Extend the selection' },
      { keys: ['Ctrl+A'], what: 'Select all in the list' },
    ],
  },
  {
    title: 'Go to',
    lines: [
      { keys: ['G', 'I'], what: 'Inbox' },
      { keys: ['G', 'U'], what: 'All inboxes' },
      { keys: ['G', 'R'], what: 'Requests' },
      { keys: ['G', 'D'], what: 'Drafts' },
      { keys: ['G', 'O'], what: 'Outbox' },
      { keys: ['G', 'S'], what: 'Sent' },
      { keys: ['G', 'A'], what: 'Archive' },
      { keys: ['G', 'T'], what: 'Trash' },
      { keys: ['G', 'C'], what: 'Contacts' },
      { keys: ['G', 'W'], what: 'Web of trust' },
      { keys: ['G', 'H'], what: 'While you are away' },
      { keys: ['G', 'Q'], what: 'Scan a card' },
    ],
  },
  {
    title: 'Window',
    lines: [
      { keys: ['C', 'Ctrl+N'], what: 'New message' },
      { keys: ['/', 'Ctrl+F', 'Ctrl+K'], what: 'Search' },
      { keys: ['Ctrl+,'], what: 'Settings' },
      { keys: ['Ctrl+L'], what: 'Lock the window: mail goes on arriving' },
      { keys: ['Ctrl+Shift+L'], what: 'Lock everything' },
      { keys: ['Ctrl+Q'], what: 'Quit' },
      { keys: ['?'], what: 'This sheet' },
    ],
  },
];
