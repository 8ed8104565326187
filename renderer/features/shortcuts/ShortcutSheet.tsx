import { showShortcuts, useLayout } from '../../state/layout';
import { Dialog } from '../../ui/dialogs/Dialog';
import { Kbd } from '../../ui/Kbd';
import { shortcutGroups } from './shortcut-list';
import styles from './ShortcutSheet.module.css';

/** What scrolls must be reachable by keyboard. */
const scrollable = { role: 'group', tabIndex: 0, 'aria-label': 'All shortcuts' } as const;

/** All keys on one sheet. */
export const ShortcutSheet = () => {
  const shown = useLayout((layout) => layout.shortcutsShown);
  return (
    <Dialog open={shown} onOpenChange={showShortcuts} size="large" title="Keyboard shortcuts" testId="shortcut-sheet">
      <div className={styles.groups} {...scrollable}>
        {shortcutGroups.map(({ title, lines }) => (
          <section key={title} className={styles.group}>
            <h3 className={styles.title}>{title}</h3>
            <dl>
              {lines.map(({ keys, what }) => (
                <div key={what} className={styles.line}>
                  <dt>{what}</dt>
                  <dd className={styles.keys}>
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
};
