/**
 * The X display of this worker of Playwright, as an environment: POSTHORN_TEST_DISPLAYS has one for each, apart by
 * spaces, so that no spec has the focus, the clipboard or the screen of another. Without it there is one worker, on the
 * display there is.
 */
export function ownDisplay(): { readonly DISPLAY?: string } {
  const display = process.env['POSTHORN_TEST_DISPLAYS']?.split(' ')[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
  return display === undefined ? {} : { DISPLAY: display };
}
