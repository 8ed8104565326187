import { MAX_HTML_CHARACTERS } from '../limits';

type File = { readonly contentId?: string };

/** RFC 2392, where it stands in a page. */
const CID = /\bcid:([^\s"'<>()]{1,300})/gi;

/**
 * A page and the pictures that it shows, with names of ours for them: those that programs make often hold the name of
 * the machine. A file that no page shows has no name.
 * @param newName a new Content-ID, without angle brackets
 */
export function renameContentIds<F extends File>(
  { html, files }: { readonly html: string | undefined; readonly files: readonly F[] },
  newName: () => string,
): { readonly html?: string; readonly files: readonly F[] } {
  if (html === undefined) return { files: files.map(unnamed) };
  // Of so long a page the window shows the beginning alone.
  if (html.length > MAX_HTML_CHARACTERS) return { html, files: files.map(unnamed) };
  const there = new Set(files.map(({ contentId }) => contentId));
  const names = new Map<string, string>();
  const renamed = html.replace(CID, (whole, given: string) => {
    const name = decoded(given);
    if (!there.has(name)) return whole;
    names.set(name, names.get(name) ?? newName());
    return `cid:${names.get(name) ?? ''}`;
  });
  return { html: renamed, files: files.map((file) => renamedFile(file, names)) };
}

function renamedFile<F extends File>(file: F, names: ReadonlyMap<string, string>): F {
  const contentId = file.contentId === undefined ? undefined : names.get(file.contentId);
  return contentId === undefined ? unnamed(file) : { ...file, contentId };
}

function unnamed<F extends File>(file: F): F {
  const { contentId: _gone, ...rest } = file;
  // Without the one field that may be absent it is still an F.
  return rest as F;
}

function decoded(given: string): string {
  try {
    return decodeURIComponent(given.replaceAll('&amp;', '&'));
  } catch {
    return given;
  }
}
